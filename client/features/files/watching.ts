// What the client knows and does about captions and watching. The only place that asks their routes.
import { request, requestOf } from '#client/platform/call.ts'
import { locale } from '#client/platform/texts.ts'
import { type Captions, watchingRoutes } from '#protocol/files/watching.ts'

type FileInput = { fileId: never }
const of = (fileId: string) => ({ fileId }) as FileInput

export const listCaptions = (fileId: string) => request(watchingRoutes.captions, of(fileId))
export const ownWatch = (fileId: string) => request(watchingRoutes.ownWatch, of(fileId))
export const listWatchers = (fileId: string, after: string | undefined) =>
  request(watchingRoutes.watchers, { ...of(fileId), ...(after && { after }) })

/** Tells what was played; answers how far the reader is. */
export const tellWatched = (fileId: string, at: { place: number; length: number; spans: [number, number][] }) =>
  request(watchingRoutes.watch, { ...of(fileId), ...at })

/** Puts captions beside a recording, from a file of this device. */
export const bringCaptions = (fileId: string, language: string, bytes: Blob) =>
  request(watchingRoutes.setCaptions, { ...of(fileId), language }, { bytes })

export const removeCaptions = (fileId: string, language: string) =>
  request(watchingRoutes.removeCaptions, { ...of(fileId), language })

/** Where captions are read. */
export const captionsUrl = (fileId: string, { language, version }: Pick<Captions, 'language' | 'version'>): string =>
  requestOf(watchingRoutes.captionsText, { fileId, language, version }).url

/** Languages offered for captions: those most courses of the world are held in. */
export const captionLanguages = (
  'ar bg bn ca cs da de el en es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka ko lt lv mk mr ms nb nl pa pl ps pt ro ' +
  'ru sk sl sq sr sv sw ta te th tl tr uk ur uz vi zh-Hans zh-Hant'
).split(' ')

const names = () => new Intl.DisplayNames(locale, { type: 'language' })

/** What a language is called in the reader's own. */
export const languageName = (language: string): string => names().of(language) ?? language

/** The language to begin with: the reader's, else the first there is. */
export const captionsFor = (there: readonly Captions[]): Captions | undefined =>
  there.find(one => one.language === locale) ??
  there.find(one => one.language.split('-')[0] === locale.split('-')[0]) ??
  there[0]
