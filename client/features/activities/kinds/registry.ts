// The registry of activity kinds on the screen: one line a kind.
import type { ActivityKindName } from '#protocol/activities/registry.ts'
import type { KindParts } from './kind.ts'
import { pollParts } from './poll.tsx'
import { quizParts } from './quiz.tsx'

export const kindParts: Readonly<Record<ActivityKindName, KindParts>> = { quiz: quizParts, poll: pollParts }
