// The registry of activity kinds on the wire: one line a kind.
import * as z from 'zod/mini'
import type { ActivityKind } from './activity.ts'
import { poll } from './poll.ts'
import { quiz } from './quiz.ts'

export const activityKinds = { quiz, poll } as const
export type ActivityKindName = keyof typeof activityKinds

/** A kind with its schemas opened to `unknown`, for code that handles all kinds alike. */
export const activityKindOf = (name: ActivityKindName): ActivityKind => activityKinds[name] as unknown as ActivityKind

export const activityKindName = z.enum(['quiz', 'poll'])
export const activityView = z.discriminatedUnion('kind', [quiz.view, poll.view])
export type ActivityView = z.infer<typeof activityView>
export const activityHostView = z.discriminatedUnion('kind', [quiz.hostView, poll.hostView])
export type ActivityHostView = z.infer<typeof activityHostView>
export const activityMove = z.union([quiz.move, poll.move])
export type ActivityMove = z.infer<typeof activityMove>
