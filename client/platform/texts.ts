// Screen texts by key, typed from the English catalogue: a missing key or parameter is a type error. Other languages are
// brought before the first paint; what one does not say is said in English. Never hold a screen text anywhere else.
import { en, filledWithEnglish, type TextKey, type Texts } from '#protocol/texts/en/index.ts'
import { type LanguageId, languageFor } from '#protocol/texts/locales.ts'
import { type Catalogue, createTranslate, type ParamArguments, type Translate } from '#protocol/texts/text.ts'

const page = typeof document === 'undefined' ? undefined : document.documentElement

const language = languageFor([page?.lang ?? 'en'])

/** The language of the words on the screen, as before-paint.js has set it. Numbers follow it too. */
export const locale: LanguageId = language.id

/** Which way the page runs. */
export const direction = language.dir

// A browser may name what is no language tag, such as en-US@posix.
function isTag(name: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(name).length > 0
  } catch {
    return false
  }
}

/** That language as the reader's browser has it, such as en-GB: how a date is written is a matter of the region. */
export const region: string =
  (page && globalThis.navigator.languages.find(one => one.split('-')[0] === locale && isTag(one))) ?? locale

const catalogues: Record<Exclude<LanguageId, 'en'>, () => Promise<Catalogue>> = {
  ar: () => import('#protocol/texts/ar/index.ts').then(file => file.ar),
}

let texts: Texts = en
let translate = createTranslate(en, 'en', direction)

/**
 * Looks up a text: `t('app.today')`, `t('ui.savedAt', { time })`, `t('ui.rows', { count: 12 })`. A name that runs against the page
 * is set apart in it by invisible signs: what leaves the page goes through `withoutSigns`.
 */
export const t: Translate<Texts> = (key, ...rest) => translate(key, ...rest)

/** The catalogue of the screen's language, filled up with English. */
export const catalogue = (): Texts => texts

/** Brings the words of the screen's language. Awaited once, before the first render; without the network they stay English. */
export async function loadTexts(): Promise<void> {
  if (locale === 'en') return
  const theirs = await catalogues[locale]().catch(() => undefined)
  if (!theirs) return
  texts = filledWithEnglish(theirs)
  translate = createTranslate(texts, locale, direction)
}

/** The keys of texts without parameters, for tables that name a text. */
export type PlainTextKey = { [K in TextKey]: ParamArguments<Texts, K> extends [] ? K : never }[TextKey]

export type { TextKey }
