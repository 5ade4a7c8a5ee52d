// Ranks of a class: how fast the right answers came, for the fun of it. Off unless a host wants them; never a grade, and
// nothing of an item before its reveal. protocol/live.ts has the calls.

import * as z from 'zod/mini'

/** names: the board names people. nameless: it shows places and points alone. */
export const ranks = z.enum(['off', 'names', 'nameless'])
export type Ranks = z.infer<typeof ranks>

/** top: the first of an activity so far. podium: how it ended. */
export const boardForm = z.enum(['top', 'podium'])
export type BoardForm = z.infer<typeof boardForm>

/** How many a board shows. */
export const boardSize = 5

/** What everybody sees while a host shows it. Equal points share a rank. */
export const rankBoard = z.object({
  form: boardForm,
  people: z.int(),
  rows: z.array(z.object({ rank: z.int(), name: z.nullable(z.string()), points: z.int() })),
})
export type RankBoard = z.infer<typeof rankBoard>

/** One's own; `gained` with the item that was revealed last. */
export const ownRank = z.object({ rank: z.int(), points: z.int(), gained: z.int(), people: z.int() })
export type OwnRank = z.infer<typeof ownRank>

/** Where somebody ended in one activity of a class, by its title. */
export const endRank = z.object({ title: z.string(), rank: z.int(), points: z.int(), people: z.int() })
export type EndRank = z.infer<typeof endRank>
