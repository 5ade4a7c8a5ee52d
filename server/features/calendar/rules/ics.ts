// Writes a calendar as iCalendar (RFC 5545): what every calendar program reads under an address. Pure. It must put nothing
// into the file but what it is handed.

/** One VEVENT. Days are YYYY-MM-DD, the last one included. */
export interface IcsEvent {
  readonly uid: string
  readonly summary: string
  readonly location: string
  readonly description: string
  readonly category: string
  readonly when:
    | { readonly from: Date; readonly to: Date | null }
    | { readonly firstDay: string; readonly lastDay: string }
}

// 3.3.11: these four and line breaks are escaped; other controls are not allowed in text at all.
const text = (value: string): string =>
  value
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: They are what is taken out.
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n')

const mostOctets = 75

/** 3.1: no line is longer than 75 octets; the rest goes on behind a blank. No character is cut in two. */
export function folded(line: string): string {
  const lines: string[] = []
  let current = ''
  let octets = 0
  for (const letter of line) {
    const size = Buffer.byteLength(letter)
    if (octets + size > mostOctets) {
      lines.push(current)
      current = ' '
      octets = 1
    }
    current += letter
    octets += size
  }
  return [...lines, current].join('\r\n')
}

/** 3.3.5, form 2: 20261130T101500Z. */
const moment = (at: Date): string => at.toISOString().replace(/[-:]|\.\d+/g, '')

const date = (day: string): string => day.replaceAll('-', '')

/** DTEND is the first day that is no longer part of it. */
const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)

function timesOf({ when }: IcsEvent): string[] {
  if ('firstDay' in when)
    return [`DTSTART;VALUE=DATE:${date(when.firstDay)}`, `DTEND;VALUE=DATE:${date(dayAfter(when.lastDay))}`]
  return [`DTSTART:${moment(when.from)}`, ...(when.to ? [`DTEND:${moment(when.to)}`] : [])]
}

const eventLines = (event: IcsEvent, now: Date): string[] => [
  'BEGIN:VEVENT',
  `UID:${event.uid}`,
  `DTSTAMP:${moment(now)}`,
  ...timesOf(event),
  `SUMMARY:${text(event.summary)}`,
  ...(event.location === '' ? [] : [`LOCATION:${text(event.location)}`]),
  ...(event.description === '' ? [] : [`DESCRIPTION:${text(event.description)}`]),
  ...(event.category === '' ? [] : [`CATEGORIES:${text(event.category)}`]),
  'END:VEVENT',
]

/** The whole file. `name` is what programs call the calendar; `now` is when it was written. */
export function icsOf(name: string, events: readonly IcsEvent[], now: Date): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Lectern//Calendar//EN',
    'CALSCALE:GREGORIAN',
    `X-WR-CALNAME:${text(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    ...events.flatMap(event => eventLines(event, now)),
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}
