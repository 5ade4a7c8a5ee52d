// Screen texts by key, typed from the English catalogue: a missing key or parameter is a type error. They come in two parts:
// the words of the first screens with the program, the others with the first page inside. Of other languages the first part is brought
// before the first paint; what one does not say is said in English. Never hold a screen text anywhere else.
import { signal } from '@preact/signals'
import { door } from '#protocol/texts/en/door.ts'
import type { TextKey, Texts } from '#protocol/texts/en/index.ts'
import { type LanguageId, languageFor } from '#protocol/texts/locales.ts'
import { type Catalogue, createTranslate, over, type ParamArguments, type Translate } from '#protocol/texts/text.ts'

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

type Part = 'door' | 'inside'

const againMs = 3_000

const inEnglish: Record<Part, () => Promise<Catalogue>> = {
  door: async () => door,
  inside: () => import('#protocol/texts/en/inside.ts').then(file => file.inside),
}
const inOthers: Record<Exclude<LanguageId, 'en'>, Record<Part, () => Promise<Catalogue>>> = {
  ar: {
    door: () => import('#protocol/texts/ar/door.ts').then(file => file.door),
    inside: () => import('#protocol/texts/ar/inside.ts').then(file => file.inside),
  },
}

const isAtDoor = (feature: string): boolean => Object.hasOwn(door, feature)

/** Whether every word is here; a component that asked for one that is not is drawn again once it is. */
const whole = signal(false)

// Until every word is here, those of the door alone: what asks for others waits for them.
let texts = door as unknown as Texts
let translate = createTranslate(texts, 'en', direction)

function take(words: Catalogue): void {
  texts = { ...texts, ...words }
  translate = createTranslate(texts, locale, direction)
}

// What another language lacks for want of a network is said in English, and asked for again.
async function bring(part: Part): Promise<void> {
  const theirsOf = () => (locale === 'en' ? Promise.resolve({}) : inOthers[locale][part]())
  const [english, theirs] = await Promise.all([inEnglish[part](), theirsOf().catch(() => undefined)])
  take(over(english, theirs ?? {}))
  const again = () =>
    theirsOf().then(
      found => take(over(english, found)),
      () => setTimeout(again, againMs),
    )
  if (!theirs) setTimeout(again, againMs)
}

/** Brings the words of the first screens. Awaited once, before the first render; without the network they stay English. */
export const loadTexts = (): Promise<void> => bring('door')

let bringing: Promise<void> | undefined

/** Brings every other word, once; awaited before a page inside is shown. Throws where they do not come, and may be asked again. */
export function loadAllTexts(): Promise<void> {
  bringing ??= bring('inside').then(
    () => {
      whole.value = true
    },
    (error: unknown) => {
      bringing = undefined
      throw error
    },
  )
  return bringing
}

/** Whether every word is here. */
export const textsAreWhole = (): boolean => whole.value

let late = false

// Once at a time, however many ask.
function bringLate(): void {
  if (late) return
  late = true
  loadAllTexts().catch(() =>
    setTimeout(() => {
      late = false
      bringLate()
    }, againMs),
  )
}

/**
 * Looks up a text: `t('app.today')`, `t('ui.savedAt', { time })`, `t('ui.rows', { count: 12 })`. A name that runs against the page
 * is set apart in it by invisible signs: what leaves the page goes through `withoutSigns`. On the first screens a word from
 * further inside is empty for as long as it takes to come.
 */
export const t: Translate<Texts> = (key, ...rest) => {
  if (!whole.peek() && !isAtDoor(key.slice(0, key.indexOf('.')))) {
    bringLate()
    if (!whole.value) return ''
  }
  return translate(key, ...rest)
}

/** The catalogue of the screen's language, filled up with English; before every word is here, that of the first screens. */
export const catalogue = (): Texts => texts

/** The keys of texts without parameters, for tables that name a text. */
export type PlainTextKey = { [K in TextKey]: ParamArguments<Texts, K> extends [] ? K : never }[TextKey]

export type { TextKey }
