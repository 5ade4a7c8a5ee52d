// What stands open before somebody has agreed, in which language they read the text, how they stand. Pure.
import { languageFor } from '#protocol/texts/locales.ts'
import type { Worded } from './tables.ts'

const open: ReadonlySet<string> = new Set([
  'accounts.me',
  'accounts.signOut',
  'accounts.export',
  'consent.mine',
  'consent.agree',
])

/** Reading the text and agreeing, one's data to take away, the way out: nothing else is open before. */
export const openWhileOwing = (name: string): boolean => open.has(name)

/** The text for a reader: in their language, else in English, else the first there is. */
export function wordedFor(texts: readonly Worded[], locale: string): Worded | undefined {
  const { id } = languageFor([locale])
  return texts.find(one => one.language === id) ?? texts.find(one => one.language === 'en') ?? texts[0]
}

/** How somebody stands to the version that is asked for, 0 for none. */
export const standingOf = (
  { agreed, minor }: { readonly agreed: number; readonly minor: boolean },
  asked: number,
): 'agreed' | 'due' | 'guardian' => (agreed >= asked ? 'agreed' : minor ? 'guardian' : 'due')
