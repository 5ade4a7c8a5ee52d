// Screen texts by key, typed from the catalogue: a missing key or parameter is a type error.
// Never hold a screen text anywhere else.
import { en, type TextKey, type Texts } from '#protocol/texts/en/index.ts'
import { createTranslate, type ParamArguments, type Translate } from '#protocol/texts/text.ts'

/** The locale of the words on the screen. Dates and numbers follow it too. */
export const locale = 'en'

/** Looks up a text: `t('app.today')`, `t('ui.savedAt', { time })`, `t('ui.rows', { count: 12 })`. */
export const t: Translate<Texts> = createTranslate(en, locale)

/** The keys of texts without parameters, for tables that name a text. */
export type PlainTextKey = { [K in TextKey]: ParamArguments<Texts, K> extends [] ? K : never }[TextKey]

export type { TextKey }
