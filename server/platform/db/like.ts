// Words of people in patterns of `like`: what they typed stands for itself.

/** Takes the meaning of `%`, `_` and the backslash away. */
export const literally = (words: string): string => words.replace(/[\\%_]/g, sign => `\\${sign}`)

/** The pattern of what has these words in it; null where nothing is sought. */
export function containing(words: string | undefined): string | null {
  const sought = words?.trim()
  return sought ? `%${literally(sought)}%` : null
}
