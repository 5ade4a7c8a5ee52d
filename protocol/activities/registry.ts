// The registry of activity kinds on the wire: one line a kind in each list.
import * as z from 'zod/mini'
import type { ActivityKind } from './activity.ts'
import { openText } from './open-text.ts'
import { poll } from './poll.ts'
import { quiz } from './quiz.ts'
import { wordCloud } from './word-cloud.ts'

export const activityKinds = { quiz, poll, 'word-cloud': wordCloud, 'open-text': openText } as const
export type ActivityKindName = keyof typeof activityKinds

/** A kind with its schemas opened to `unknown`, for code that handles all kinds alike. */
export const activityKindOf = (name: ActivityKindName): ActivityKind => activityKinds[name] as unknown as ActivityKind

export const activityKindName = z.enum(Object.keys(activityKinds) as [ActivityKindName, ...ActivityKindName[]])
export const activityView = z.discriminatedUnion('kind', [quiz.view, poll.view, wordCloud.view, openText.view])
export type ActivityView = z.infer<typeof activityView>
export const activityHostView = z.discriminatedUnion('kind', [
  quiz.hostView,
  poll.hostView,
  wordCloud.hostView,
  openText.hostView,
])
export type ActivityHostView = z.infer<typeof activityHostView>
export const activityMove = z.union([quiz.move, wordCloud.move, openText.move])
export type ActivityMove = z.infer<typeof activityMove>
