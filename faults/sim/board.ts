// The scope that is simulated: a board with things on it. Its state carries the number it stands at, so that a fold over a
// hole shows.
import * as z from 'zod/mini'
import { address, defineScope, type EventMeta, type EventOf } from '#protocol/base/scope.ts'

const one = z.object({ id: z.string() })
const state = z.object({ at: z.int(), ids: z.array(z.string()) })
const feeds = { added: one, removed: one }

export type Board = z.infer<typeof state>
type BoardEvent = EventOf<typeof feeds> & EventMeta

/** The fold of the database and of everybody. */
export const foldBoard = (before: Board, { kind, body, seq }: BoardEvent): Board => ({
  at: seq,
  ids: kind === 'added' ? [...before.ids, body.id] : before.ids.filter(id => id !== body.id),
})

/** The scope as one person folds it; `overHole` hears of every event that does not follow what is folded. */
export const boardScopeOf = (overHole: (at: number, seq: number) => void) =>
  defineScope({
    name: 'board',
    state,
    feeds,
    fleeting: { typing: z.object({ name: z.string() }) },
    apply(before, event) {
      if (event.seq !== before.at + 1) overHole(before.at, event.seq)
      return foldBoard(before, event)
    },
  })

export const boardId = 'simulated'
export const boardAddress = address({ name: 'board' }, boardId)

/** The instant at which virtual time begins. */
export const epoch = Date.parse('2026-01-01T00:00:00Z')
