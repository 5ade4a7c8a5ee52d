// Consent on the wire: a text of the school that whoever signs in agrees to, in versions that never change. Who agreed to
// which, and when, is append-only; a minor's guardian agrees for them.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from './base/call.ts'
import { accountId, instant, line, nothing, text } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'
import { type LanguageId, languages } from './texts/locales.ts'

const languageIds = languages.map(one => one.id) as [LanguageId, ...LanguageId[]]
const language = z.enum(languageIds)

/** The longest text in one language, in characters. */
export const longestConsent = 20_000

/** again: everybody is asked anew. inform: it stands in place of the one before, and who agreed to that is not asked. */
export const consentAsks = ['again', 'inform'] as const

/** Until a guardian agreed for a minor: wait shuts everything but reading this; work lets them go on. */
export const minorsMeanwhile = z.enum(['wait', 'work'])
export type MinorsMeanwhile = z.infer<typeof minorsMeanwhile>

const number = z.int().check(z.minimum(0))
export const consentText = z.object({ version: number, title: z.string(), body: z.string(), publishedAt: instant })
export type ConsentText = z.infer<typeof consentText>

export const agreement = z.object({
  version: number,
  at: instant,
  /** Who agreed for them; null where they did so themselves. */
  by: z.nullable(z.string()),
})
export type Agreement = z.infer<typeof agreement>

/** agreed: nothing to do. due: asked now. guardian: somebody is to agree for them. */
export const consentState = z.enum(['agreed', 'due', 'guardian'])

const worded = z.object({ language, title: line(200), body: text(longestConsent).check(z.minLength(1)) })
const minor = z.object({ accountId, name: z.string() })

export const consentRoutes = defineRoutes('consent', {
  /** The text that holds now in the caller's language, null while there is none; what they agreed to, the latest first. */
  mine: route(
    'GET',
    '/me/consent',
    read(
      nothing,
      z.object({
        text: z.nullable(consentText),
        state: consentState,
        agreements: z.array(agreement),
        /** Minors whose guardian the caller is and for whom nobody has agreed yet. */
        minors: z.array(minor),
      }),
    ),
  ),
  /** Agrees to this version. `conflict` when there is a newer one; `guardian-due` for minors. */
  agree: route('POST', '/me/consent', write(z.strictObject({ version: number }), nothing)),
  /** The same for a minor whose guardian the caller is: else `not-found`. */
  agreeFor: route(
    'POST',
    '/me/consent/minors/:accountId',
    write(z.strictObject({ accountId, version: number }), nothing),
  ),
  /** For administrators: what holds, in all its languages. */
  get: route(
    'GET',
    '/consent',
    read(
      nothing,
      z.object({
        /** 0 while there is none. */
        version: number,
        /** Who agreed to none since this is asked. */
        asked: number,
        texts: z.array(z.object({ language, title: z.string(), body: z.string() })),
        publishedAt: z.nullable(instant),
        minors: minorsMeanwhile,
        missing: z.int(),
      }),
    ),
  ),
  /** Publishes the next version; the first always asks. `conflict` when somebody was faster. */
  publish: route(
    'POST',
    '/consent',
    write(
      z.strictObject({
        version: number,
        texts: z.array(z.strictObject(worded.shape)).check(z.minLength(1), z.maxLength(languages.length)),
        asks: z.enum(consentAsks),
        minors: minorsMeanwhile,
      }),
      z.object({ version: number }),
    ),
  ),
  changeMinors: route('PUT', '/consent/minors', write(z.strictObject({ minors: minorsMeanwhile }), nothing)),
  /** Members who have not agreed, by name. */
  missing: route(
    'GET',
    '/consent/missing',
    read(
      z.strictObject(pageInput),
      pageOf(z.object({ accountId, name: z.string(), email: z.nullable(z.string()), minor: z.boolean() })),
    ),
  ),
  missingCsv: route('GET', '/consent/missing.csv', read(nothing, z.unknown())),
})
