// The overview of everything that is live now: each open class with its figures, the sums, and how the nodes are. The
// figures travel in one fleeting picture; what a class came to stays readable when it has ended.
import * as z from 'zod/mini'
import { defineRoutes, read, route } from './base/call.ts'
import { idSchema, instant, nothing, uuid } from './base/ids.ts'
import { defineScope } from './base/scope.ts'
import { runId } from './live.ts'

/** Why a class should be looked at: few of those here answer, or many lost the connection. */
export const attention = z.enum(['silent', 'reconnecting'])
export type Attention = z.infer<typeof attention>

/**
 * What a class came to so far; the same words and the same arithmetic when it has ended. `joined`: people who took a
 * seat, hosts aside. `asked`: questions opened. `answers`: pairs of a person and a question with an answer. `messages`:
 * said in its chat and asked in its questions until it ended, removed ones too.
 */
export const classFigures = z.object({ joined: z.int(), asked: z.int(), answers: z.int(), messages: z.int() })
export type ClassFigures = z.infer<typeof classFigures>

export const room = z.object({
  runId,
  courseId: uuid(),
  courseTitle: z.string(),
  title: z.string(),
  hosts: z.array(z.string()),
  startedAt: instant,
  channelId: uuid(),
  qaId: uuid(),
  noteId: z.nullable(uuid()),
  /** Here now, and gone for less than ten seconds; hosts aside. */
  connected: z.int(),
  reconnecting: z.int(),
  /** The question on stage: how many of those here have answered it. Null while none is asked. */
  question: z.nullable(z.object({ title: z.string(), answered: z.int(), open: z.boolean() })),
  /** In the last five minutes; 500 at most. */
  messages: z.int(),
  noteEdits: z.int(),
  attention: z.nullable(attention),
  figures: classFigures,
})
export type Room = z.infer<typeof room>

export const nodeHealth = z.object({
  id: idSchema<'Node'>(),
  name: z.string(),
  build: z.string(),
  startedAt: instant,
  seenAt: instant,
  sockets: z.int(),
  /** The longest the event loop was held up lately, in milliseconds. */
  lagMs: z.number(),
  memoryMb: z.int(),
  /** Calls of the last minute that failed through a fault of ours. */
  faults: z.int(),
  /** How long the database took to answer, in milliseconds. */
  databaseMs: z.number(),
  redis: z.enum(['up', 'down', 'none']),
})
export type NodeHealth = z.infer<typeof nodeHealth>

export const overviewPicture = z.object({
  at: instant,
  rooms: z.array(room),
  /** `answers`: to questions of classes, in the last minute. `queue`: jobs that wait. */
  totals: z.object({ rooms: z.int(), connected: z.int(), answers: z.int(), faults: z.int(), queue: z.int() }),
  nodes: z.array(nodeHealth),
})
export type OverviewPicture = z.infer<typeof overviewPicture>

/** The id of the scope below: there is one, for the whole site. */
export const overviewId = '00000000-0000-0000-0000-000000000000'

/** Those who manage the site; its id is `overviewId`. A newer picture at most once a second, while somebody looks. */
export const overviewScope = defineScope({
  name: 'overview',
  state: overviewPicture,
  feeds: {},
  fleeting: { picture: overviewPicture },
  apply: state => state,
})

export const overviewRoutes = defineRoutes('overview', {
  /** The open classes the caller may host. */
  rooms: route('GET', '/overview/rooms', read(nothing, z.object({ at: instant, rooms: z.array(room) }))),
  /** What a class came to, for its hosts: live and for good. */
  figures: route('GET', '/runs/:runId/figures', read(z.strictObject({ runId }), classFigures)),
})
