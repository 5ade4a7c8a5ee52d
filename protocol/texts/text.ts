// The pure part of the text catalogue: templates, plurals and their typed parameters.
// Used by screens, mails and exports alike; never reads a locale or a clock from its surroundings.

/** Words that depend on a number: the parameter `count` chooses the form by the rules of the language. */
export type Plural = {
  readonly zero?: string
  readonly one?: string
  readonly two?: string
  readonly few?: string
  readonly many?: string
  readonly other: string
}

export type Template = string | Plural

/** `{feature: {key: template}}`, one level of features, one level of keys. */
export type Catalogue = { readonly [feature: string]: { readonly [key: string]: Template } }

/** Every `feature.key` of a catalogue. */
export type KeyOf<C extends Catalogue> = {
  [F in keyof C & string]: `${F}.${keyof C[F] & string}`
}[keyof C & string]

/** The English words with those of another language over them: what that does not say is said in English. */
export function over<C extends Catalogue>(english: C, theirs: Catalogue): C {
  const filled = Object.entries(english).map(([feature, words]) => [feature, { ...words, ...theirs[feature] }])
  return Object.fromEntries(filled) as C
}

type NamesIn<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never

type TemplateAt<C extends Catalogue, K extends string> = K extends `${infer F}.${infer N}`
  ? F extends keyof C
    ? N extends keyof C[F]
      ? C[F][N]
      : never
    : never
  : never

type FormsOf<T> = T extends string ? T : T[keyof T]
type NamesOf<T> = NamesIn<FormsOf<T>> | (T extends string ? never : 'count')

/** The parameters of one text: every `{name}` in it, and `count` where it has plural forms. */
export type ParamsOf<C extends Catalogue, K extends string> = {
  [Name in NamesOf<TemplateAt<C, K>>]: Name extends 'count' ? number : string | number
}

/** The rest arguments of a lookup: none where the text has no parameters. */
export type ParamArguments<C extends Catalogue, K extends string> = [NamesOf<TemplateAt<C, K>>] extends [never]
  ? []
  : [params: ParamsOf<C, K>]

/** Looks a text up by its key and fills its parameters. */
export type Translate<C extends Catalogue> = <K extends KeyOf<C>>(key: K, ...rest: ParamArguments<C, K>) => string

/** Which way a page runs. */
export type Direction = 'ltr' | 'rtl'

// Letters of the scripts that run from right to left, and every other letter.
const runs = {
  rtl: /[\u0591-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u,
  ltr: /[^\P{L}\u0591-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u,
}

/**
 * Words that are put into a sentence of a page, set apart by invisible signs where a letter in them runs against the page: so
 * they keep their order, and the sentence its own. All other words stay as they are.
 */
const setApart = (words: string, page: Direction): string =>
  runs[page === 'ltr' ? 'rtl' : 'ltr'].test(words) ? `\u2068${words}\u2069` : words

/** A text without the signs that set words apart: for what is kept, exported, compared or shown outside the page. */
export const withoutSigns = (text: string): string => text.replace(/[\u2068\u2069]/g, '')

/**
 * Fills one template. Numbers are written as the locale writes them; a parameter that is absent leaves its `{name}`
 * standing, so that the gap is seen. On a page that runs in a `direction` words that run against it are set apart; without
 * one, as in mails and files, nothing is added.
 */
export function fillTemplate(
  template: Template,
  params: { readonly [name: string]: string | number },
  locale: string,
  direction?: Direction,
): string {
  let form: string
  if (typeof template === 'string') {
    form = template
  } else {
    const count = Number(params.count ?? 0)
    const exact = count === 0 ? template.zero : undefined
    form = exact ?? template[new Intl.PluralRules(locale).select(count)] ?? template.other
  }
  return form.replace(/\{(\w+)\}/g, (gap, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined
    if (value === undefined) return gap
    if (typeof value === 'number') return new Intl.NumberFormat(locale).format(value)
    return direction ? setApart(value, direction) : value
  })
}

/** Makes the lookup for one catalogue in one locale. A key that is absent at run time answers with the key itself. */
export function createTranslate<const C extends Catalogue>(
  catalogue: C,
  locale: string,
  direction?: Direction,
): Translate<C> {
  return (key, ...rest) => {
    const dot = key.indexOf('.')
    const template = catalogue[key.slice(0, dot)]?.[key.slice(dot + 1)]
    const params: { readonly [name: string]: string | number } = rest[0] ?? {}
    return template === undefined ? key : fillTemplate(template, params, locale, direction)
  }
}
