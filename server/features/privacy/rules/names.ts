// Names: of the files in a copy, and of somebody who is gone, looked for and taken out. Pure.

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
