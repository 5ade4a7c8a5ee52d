// When something is due, in words.

/** A moment in a zone in words, with the zone: "Friday, 27 November, 23:59 CET". */
export const momentIn = (zone: string, iso: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).format(new Date(iso))
