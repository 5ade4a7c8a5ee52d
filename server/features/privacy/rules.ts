// What a copy of somebody's data looks like inside, and what is looked for when they are gone. Pure.
import { fillTemplate, type Template } from '#protocol/texts/text.ts'

/** Names in a ZIP: no folders, nothing a system would stumble over; a second one of a name gets a number. */
export function fileNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return names.map(name => {
    const plain =
      name
        .replace(/[\\/:*?"<>|\p{Cc}]/gu, '_')
        .replace(/^\.+/, '_')
        .slice(0, 150) || '_'
    const count = (seen.get(plain) ?? 0) + 1
    seen.set(plain, count)
    return count === 1 ? plain : plain.replace(/(\.[^.]*)?$/, ending => ` (${count})${ending}`)
  })
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, sign => escapes[sign] ?? sign)

/** `sent_at` and `sentAt` are "sent at". */
const heading = (key: string): string =>
  key
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()

const cell = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return '–'
  return escaped(typeof value === 'object' ? JSON.stringify(value) : String(value))
}

/** Rows of a part that the page shows; the file beside it has them all. */
const shownRows = 500

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function partHtml(name: string, value: unknown, words: CopyWords): string {
  const title = `<h3>${escaped(heading(name))}</h3>`
  if (!Array.isArray(value) || value.length === 0) {
    if (!isRecord(value)) return Array.isArray(value) ? '' : `${title}<p dir="auto">${cell(value)}</p>`
    const rows = Object.entries(value).map(
      ([key, one]) => `<tr><th scope="row">${escaped(heading(key))}</th><td dir="auto">${cell(one)}</td></tr>`,
    )
    return `${title}<table>${rows.join('')}</table>`
  }
  const rows = value.slice(0, shownRows) as unknown[]
  const keys = [...new Set(rows.flatMap(row => (isRecord(row) ? Object.keys(row) : [])))]
  const head = keys.map(key => `<th scope="col">${escaped(heading(key))}</th>`).join('')
  const body = rows.map(row => {
    const cells = isRecord(row) ? keys.map(key => row[key]) : [row]
    return `<tr>${cells.map(one => `<td dir="auto">${cell(one)}</td>`).join('')}</tr>`
  })
  const more = value.length > shownRows ? `<p>${escaped(words.fill('copyMore', { count: value.length }))}</p>` : ''
  return `${title}<div><table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>${more}`
}

/** The words of a copy in one language. */
export interface CopyWords {
  readonly locale: string
  readonly dir: 'ltr' | 'rtl'
  readonly fill: (key: string, params?: Readonly<Record<string, string | number>>) => string
}

/** Words from a catalogue of texts; a key it does not have stands for itself. */
export const copyWords = (
  texts: Readonly<Record<string, Template>>,
  locale: string,
  dir: 'ltr' | 'rtl',
): CopyWords => ({
  locale,
  dir,
  fill: (key, params = {}) => fillTemplate(texts[key] ?? key, params, locale),
})

/** The key of a feature's words: `ofGrades` for `grades`. */
export const featureKey = (feature: string): string => `of${feature.charAt(0).toUpperCase()}${feature.slice(1)}`

// Quiet, and readable on paper: the page is kept for years and must need nothing but a browser.
const style = `:root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.9rem}h2{margin-top:2.5rem;border-top:1px solid #8884;padding-top:1rem}h3{margin:1.2rem 0 .3rem}div{overflow-x:auto}
table{border-collapse:collapse;font-size:.9rem}th,td{text-align:start;vertical-align:top;padding:.25rem .8rem .25rem 0;border-bottom:1px solid #8883}
td{white-space:pre-wrap;overflow-wrap:anywhere;max-width:40rem}th{font-weight:600}`

/** The page that opens a copy: every part in tables, in the person's language. `parts`: what each feature said. */
export function indexPage(
  words: CopyWords,
  about: { readonly name: string; readonly day: string; readonly files: readonly string[] },
  parts: readonly { readonly feature: string; readonly body: Readonly<Record<string, unknown>> }[],
): string {
  const title = escaped(words.fill('copyTitle', { name: about.name }))
  const sections = parts.flatMap(({ feature, body }) => {
    const inside = Object.entries(body).map(([name, value]) => partHtml(name, value, words))
    if (inside.every(one => one === '')) return []
    return [
      `<section id="${feature}"><h2>${escaped(words.fill(featureKey(feature)))}</h2>${inside.join('')}` +
        `<p><a href="${feature}.json">${feature}.json</a></p></section>`,
    ]
  })
  const files = about.files.map(
    name => `<li><a dir="auto" href="files/${encodeURIComponent(name)}">${escaped(name)}</a></li>`,
  )
  const filesHtml =
    files.length === 0
      ? ''
      : `<section><h2>${escaped(words.fill('copyFiles'))}</h2><ul>${files.join('')}</ul></section>`
  return `<!doctype html><html lang="${words.locale}" dir="${words.dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style></head><body><h1>${title}</h1><p>${escaped(
    words.fill('copyLead', { day: about.day }),
  )}</p>${sections.join('')}${filesHtml}</body></html>`
}

const sign = /[.*+?^${}()|[\]\\]/g

/** A regular expression of PostgreSQL that finds a name or an address where it stands as a whole. */
export const wholeWords = (words: string): string => `(^|[^[:alnum:]])${words.replace(sign, '\\$&')}($|[^[:alnum:]])`

/** A reason without the name of the person it is about: it is kept longer than they are. */
export const withoutName = (reason: string, { name, email }: { name: string; email: string | null }): string =>
  [name, ...(email === null ? [] : [email])]
    .filter(one => one.trim() !== '')
    .reduce((text, one) => text.replace(new RegExp(one.replace(sign, '\\$&'), 'gi'), '…'), reason)

/** How often it is looked whether anything is left, and how long is waited between, in milliseconds. */
export const mostLooks = 8
export const lookAfterMs = (looks: number): number => Math.min(60_000, 500 * 2 ** looks)

/** Whether what is too old may go now: in the hour after two, by UTC. */
export const isNight = (now: Date): boolean => now.getUTCHours() === 2

/** So many months ago; where that month has no such day, its last one. */
export function monthsBefore(now: Date, months: number): Date {
  const then = new Date(now)
  then.setUTCDate(1)
  then.setUTCMonth(then.getUTCMonth() - months)
  const lastDay = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 0)).getUTCDate()
  then.setUTCDate(Math.min(now.getUTCDate(), lastDay))
  return then
}
