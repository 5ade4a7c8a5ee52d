// Sound and film as they are watched: captions in WebVTT, and how far somebody is. What was watched is the learner's own,
// shown to them and to those who see everybody's progress.
import * as z from 'zod/mini'
import { defineRoutes, read, route, takesBytes, write } from '../base/call.ts'
import { accountId, instant, nothing } from '../base/ids.ts'
import { pageInput, pageOf } from '../base/paging.ts'
import { fileId } from '../files.ts'

/** Bytes of one list of captions at most: a day of talk. */
export const largestCaptions = 2 * 1000 ** 2
/** Languages of one file at most. */
export const mostCaptions = 30
/** Stretches told at once at most. */
export const mostSpans = 100
/** Seconds of the longest film: a day. */
export const longestMedia = 86_400

/** A language as BCP 47 writes it: en, pt-BR, zh-Hant. */
export const captionLanguage = z.string().check(z.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/))

export const captions = z.object({
  language: captionLanguage,
  /** How many captions. */
  cues: z.int(),
  changedAt: instant,
  /** Grows with each change: part of the address by which the browser keeps them. */
  version: z.int(),
})
export type Captions = z.infer<typeof captions>

const seconds = z.int().check(z.minimum(0), z.maximum(longestMedia))

export const watched = z.object({
  /** Where to go on, in seconds. */
  place: z.number(),
  /** Seconds of it that were played, each counted once. */
  seconds: z.int(),
  /** How long it is, in seconds, as the player said; 0: never played. */
  length: z.int(),
})
export type Watched = z.infer<typeof watched>

export const watcher = z.object({ accountId, name: z.string(), ...watched.shape, at: instant })
export type Watcher = z.infer<typeof watcher>

const ofFile = { fileId }

export const watchingRoutes = defineRoutes('files', {
  captions: route(
    'GET',
    '/files/:fileId/captions',
    read(z.strictObject(ofFile), z.object({ items: z.array(captions) })),
  ),
  /** The captions of one language as a WebVTT file. */
  captionsText: route(
    'GET',
    '/files/:fileId/captions/:language',
    read(z.strictObject({ ...ofFile, language: captionLanguage, version: z.optional(z.coerce.number()) }), z.unknown()),
  ),
  /** WebVTT or SubRip, in UTF-8, as the bytes of the request; what was there in this language is replaced. */
  setCaptions: takesBytes(
    route(
      'PUT',
      '/files/:fileId/captions/:language',
      write(z.strictObject({ ...ofFile, language: captionLanguage }), z.object({ captions })),
    ),
  ),
  removeCaptions: route(
    'DELETE',
    '/files/:fileId/captions/:language',
    write(z.strictObject({ ...ofFile, language: captionLanguage }), nothing),
  ),
  /** How far the caller is. */
  ownWatch: route('GET', '/files/:fileId/watch', read(z.strictObject(ofFile), z.object({ watched }))),
  /** Adds stretches that were played, `[from, to)` in whole seconds, and where the caller is now. */
  watch: route(
    'POST',
    '/files/:fileId/watch',
    write(
      z.strictObject({
        ...ofFile,
        place: z.number().check(z.minimum(0), z.maximum(longestMedia)),
        length: z.int().check(z.minimum(1), z.maximum(longestMedia)),
        spans: z.array(z.tuple([seconds, seconds])).check(z.maxLength(mostSpans)),
      }),
      z.object({ watched }),
    ),
  ),
  /** Who has watched how much, the furthest first; for those who see everybody's progress. */
  watchers: route('GET', '/files/:fileId/watchers', read(z.strictObject({ ...ofFile, ...pageInput }), pageOf(watcher))),
})
