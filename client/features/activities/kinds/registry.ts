// The registry of activity kinds on the screen: one line a kind.
import type { ActivityKindName } from '#protocol/activities/registry.ts'
import type { KindParts } from './kind.ts'
import { openTextParts } from './open-text.tsx'
import { pollParts } from './poll.tsx'
import { quizParts } from './quiz.tsx'
import { wordCloudParts } from './word-cloud.tsx'

export const kindParts: Readonly<Record<ActivityKindName, KindParts>> = {
  quiz: quizParts,
  poll: pollParts,
  'word-cloud': wordCloudParts,
  'open-text': openTextParts,
}
