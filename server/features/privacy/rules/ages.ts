// What files of a copy are called, and what is looked for when somebody is gone. Pure.

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
