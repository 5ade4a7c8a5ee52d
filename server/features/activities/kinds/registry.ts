// The registry of activity kinds on the server: one line a kind.
import type { ActivityKindName } from '#protocol/activities/registry.ts'
import type { Kind } from './kind.ts'
import { openText } from './open-text.ts'
import { poll } from './poll.ts'
import { quiz } from './quiz.ts'
import { wordCloud } from './word-cloud.ts'

export const kinds: Readonly<Record<ActivityKindName, Kind>> = {
  quiz,
  poll,
  'word-cloud': wordCloud,
  'open-text': openText,
}

/** The behaviour of a kind. */
export const kindOf = (name: ActivityKindName): Kind => kinds[name]
