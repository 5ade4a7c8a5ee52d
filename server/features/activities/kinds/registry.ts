// The registry of activity kinds on the server: one line a kind.
import type { ActivityKindName } from '#protocol/activities/registry.ts'
import type { Kind } from './kind.ts'
import { poll } from './poll.ts'
import { quiz } from './quiz.ts'

export const kinds: Readonly<Record<ActivityKindName, Kind>> = { quiz, poll }

/** The behaviour of a kind. */
export const kindOf = (name: ActivityKindName): Kind => kinds[name]
