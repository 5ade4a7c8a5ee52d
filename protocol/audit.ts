// The trail of who did what, for administrators: read, filtered, taken away as a file, and proven. Nothing here changes it.
import * as z from 'zod/mini'
import { defineRoutes, read, route } from './base/call.ts'
import { instant, nothing, uuid } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'

const named = z.object({
  /** Such as account or course. */
  kind: z.string(),
  id: z.string(),
  /** What it is called now; null for what has no name here, or no longer. */
  name: z.nullable(z.string()),
})

export const auditEntry = z.object({
  id: uuid(),
  at: instant,
  /** Null: the server itself, or somebody who was nobody yet. */
  actor: z.nullable(named),
  verb: z.string(),
  subject: named,
  /** Where it happened. */
  context: z.nullable(named),
  /** Names, values before and after, reasons; null when they were erased. */
  details: z.nullable(z.record(z.string(), z.unknown())),
  /** What the ids that stand in the details are called now, for those whose name is known; to administrators alone. */
  names: z.optional(z.record(z.string(), z.string())),
  requestId: z.string(),
})
export type AuditEntry = z.infer<typeof auditEntry>

/** What the list may be narrowed to. `about`: the thing acted on, or where. `thing`: what verbs begin with. */
const filter = {
  actor: z.optional(uuid()),
  about: z.optional(uuid()),
  thing: z.optional(z.string().check(z.maxLength(40), z.regex(/^[a-z-]+$/))),
  from: z.optional(instant),
  to: z.optional(instant),
}

/** Most rows of one file: the latest that fit. */
export const mostAuditRows = 20_000

/** At most this many breaks are told; one is enough to know. */
export const mostBreaks = 100

export const auditRoutes = defineRoutes('audit', {
  /** The latest first. */
  list: route('GET', '/audit', read(z.strictObject({ ...filter, ...pageInput }), pageOf(auditEntry))),
  /** The same as CSV. */
  csv: route('GET', '/audit/csv', read(z.strictObject(filter), nothing)),
  /** Walks the whole chain and tells where it does not hold. */
  verify: route(
    'GET',
    '/audit/verify',
    read(
      nothing,
      z.object({
        sealed: z.int(),
        /** Not sealed yet: the last seconds. */
        waiting: z.int(),
        breaks: z.array(
          z.object({ place: z.int(), entryId: z.string(), what: z.enum(['missing', 'changed', 'details']) }),
        ),
      }),
    ),
  ),
})
