// Quiz on the wire: questions with a key, one at a time live, all at once at home.
import * as z from 'zod/mini'
import { uuid } from '../base/ids.ts'
import { questionAnswer, toldKey, writtenQuestion } from '../question-types/registry.ts'
import { defineActivityKind } from './activity.ts'
import { limitSeconds, stagedSettings, stagedView, tally } from './staged.ts'

export const quiz = defineActivityKind({
  kind: 'quiz',
  settings: z.strictObject({
    /** accuracy: points for right answers. none: answers count as participation only. */
    scoring: z._default(z.enum(['accuracy', 'none']), 'accuracy'),
    limitSeconds: z._default(limitSeconds, 30),
    /** Whether a learner may change an answer while the item is open; the last one counts. */
    mayChange: z._default(stagedSettings.shape.mayChange, true),
  }),
  takes: ['single', 'multiple', 'true-false', 'numeric', 'short-text'],
  move: questionAnswer,
  view: z.object({
    kind: z.literal('quiz'),
    ...stagedView,
    /** Only from the reveal on. */
    result: z.nullable(z.object({ key: toldKey, tally })),
  }),
  hostView: z.object({
    kind: z.literal('quiz'),
    ...stagedView,
    result: z.nullable(z.object({ key: toldKey, tally })),
    /** The whole plan with keys and the final tallies of what was asked. */
    plan: z.array(
      z.object({ itemId: uuid(), points: z.string(), question: writtenQuestion, tally: z.nullable(tally) }),
    ),
  }),
})
