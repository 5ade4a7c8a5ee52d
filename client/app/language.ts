// The language of the pages: kept on this device, where before-paint.js reads it. A change takes a new page, so that
// every word and the way it runs change together.
import { locale } from '#client/platform/texts.ts'
import { languageFor } from '#protocol/texts/locales.ts'

const key = 'lectern.language'
/** The language this tab took a new page for. */
const turned = 'lectern.language-turned'

/** Shows the pages in the language of a person's locale from now on. Does nothing where they already are. */
export function followLanguage(wanted: string): void {
  const { id } = languageFor([wanted])
  try {
    if (id === locale) {
      sessionStorage.removeItem(turned)
      return
    }
    // Something else on this device keeps another language: one new page is enough to try.
    if (sessionStorage.getItem(turned) === id) return
    sessionStorage.setItem(turned, id)
    localStorage.setItem(key, id)
    if (localStorage.getItem(key) !== id) return
  } catch {
    // Storage is refused: a new page would forget it again.
    return
  }
  location.reload()
}
