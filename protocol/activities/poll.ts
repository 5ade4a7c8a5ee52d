// Poll on the wire: the same staging without a right answer; nothing is scored, taking part counts.
import * as z from 'zod/mini'
import { uuid } from '../base/ids.ts'
import { choice } from '../question-types/choice.ts'
import { askedQuestion } from '../question-types/registry.ts'
import { defineActivityKind } from './activity.ts'
import { limitSeconds, stagedSettings, stagedView, tally } from './staged.ts'

export const poll = defineActivityKind({
  kind: 'poll',
  settings: z.strictObject({
    limitSeconds: z._default(limitSeconds, null),
    mayChange: z._default(stagedSettings.shape.mayChange, true),
  }),
  takes: ['single', 'multiple', 'true-false'],
  move: choice,
  view: z.object({ kind: z.literal('poll'), ...stagedView, result: z.nullable(z.object({ tally })) }),
  hostView: z.object({
    kind: z.literal('poll'),
    ...stagedView,
    result: z.nullable(z.object({ tally })),
    plan: z.array(z.object({ itemId: uuid(), points: z.string(), asked: askedQuestion, tally: z.nullable(tally) })),
  }),
})
