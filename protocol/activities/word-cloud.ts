// Word cloud on the wire: everybody sends a few words, the class sees them sized by how often they came. Nobody is named.
import * as z from 'zod/mini'
import { uuid } from '../base/ids.ts'
import { askedQuestion } from '../question-types/registry.ts'
import { defineActivityKind } from './activity.ts'
import { moderation } from './moderation.ts'
import { limitSeconds, stagedView, tally } from './staged.ts'
import { longestWord, stopLists } from './words.ts'

/** Most words a person may send to one prompt, whatever the settings say. */
export const mostWords = 10

const stopList = z.enum(Object.keys(stopLists) as [keyof typeof stopLists, ...(keyof typeof stopLists)[]])

export const wordCloud = defineActivityKind({
  kind: 'word-cloud',
  settings: z.strictObject({
    limitSeconds: z._default(limitSeconds, null),
    /** How many words a person may send; all of them may be changed until the lock. */
    words: z._default(z.int().check(z.minimum(1), z.maximum(mostWords)), 3),
    /** live: seen as they come, once `atLeast` people have sent some. reveal: not before the host reveals them. */
    show: z._default(z.enum(['live', 'reveal']), 'live'),
    atLeast: z._default(z.int().check(z.minimum(0), z.maximum(100)), 3),
    /** Whether each word waits until a host lets it be seen. */
    moderated: z._default(z.boolean(), false),
    /** Whose little words are left out: the language of a list, or null. */
    stopList: z._default(z.nullable(stopList), 'en'),
  }),
  takes: ['open'],
  move: z.strictObject({
    words: z
      .array(z.string().check(z.minLength(1), z.maxLength(longestWord * 2)))
      .check(z.minLength(1), z.maxLength(mostWords)),
  }),
  view: z.object({
    kind: z.literal('word-cloud'),
    ...stagedView,
    words: z.int(),
    /** The cloud as everybody may see it now; null while nobody may. */
    result: z.nullable(z.object({ tally })),
  }),
  hostView: z.object({
    kind: z.literal('word-cloud'),
    ...stagedView,
    words: z.int(),
    moderated: z.boolean(),
    moderation,
    /** Every word, hidden ones too. */
    result: z.nullable(z.object({ tally })),
    plan: z.array(z.object({ itemId: uuid(), points: z.string(), asked: askedQuestion, tally: z.nullable(tally) })),
  }),
})
