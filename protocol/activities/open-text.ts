// Open text on the wire: everybody writes an answer, hosts read them, the class sees those a host has shown, unnamed.
import * as z from 'zod/mini'
import { uuid } from '../base/ids.ts'
import { askedQuestion } from '../question-types/registry.ts'
import { typedAnswer } from '../question-types/short-text.ts'
import { defineActivityKind } from './activity.ts'
import { moderation } from './moderation.ts'
import { limitSeconds, stagedView, tally } from './staged.ts'

/** An answer a host has shown: its number says nothing of who wrote it or when. */
export const shownText = z.object({ number: z.int(), text: z.string() })
export type ShownText = z.infer<typeof shownText>

export const openText = defineActivityKind({
  kind: 'open-text',
  settings: z.strictObject({
    limitSeconds: z._default(limitSeconds, null),
  }),
  takes: ['open'],
  move: typedAnswer,
  view: z.object({
    kind: z.literal('open-text'),
    ...stagedView,
    shown: z.array(shownText),
    result: z.nullable(z.object({ tally })),
  }),
  hostView: z.object({
    kind: z.literal('open-text'),
    ...stagedView,
    shown: z.array(shownText),
    moderation,
    result: z.nullable(z.object({ tally })),
    plan: z.array(z.object({ itemId: uuid(), points: z.string(), asked: askedQuestion, tally: z.nullable(tally) })),
  }),
})
