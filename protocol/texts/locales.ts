// The languages the pages are written in. A language is a folder of catalogues beside this file and a line here; what it
// does not say yet is said in English.

/** A language of the pages: its BCP 47 name, what it calls itself, and which way it runs. */
export interface Language {
  readonly id: string
  readonly name: string
  readonly dir: 'ltr' | 'rtl'
}

export const languages = [
  { id: 'en', name: 'English', dir: 'ltr' },
  { id: 'ar', name: 'العربية', dir: 'rtl' },
] as const satisfies readonly Language[]

export type LanguageId = (typeof languages)[number]['id']

/** The first of the wanted locales we have words for, by its language alone; English when there is none. */
export function languageFor(wanted: readonly string[]): (typeof languages)[number] {
  for (const locale of wanted) {
    const [language = ''] = locale.toLowerCase().split('-')
    const found = languages.find(one => one.id === language)
    if (found) return found
  }
  return languages[0]
}
