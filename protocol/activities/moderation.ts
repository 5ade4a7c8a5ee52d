// What hosts decide about what learners wrote, on the wire: shared by the kinds that show words of learners. A mark names
// what is decided about: a word as it is folded, or the response that holds a text. What is hidden is told to hosts alone.
import * as z from 'zod/mini'
import { uuid } from '../base/ids.ts'

const mark = z.string().check(z.minLength(1), z.maxLength(120))
const itemId = uuid()

/** Acts of moderation are part of a host's steer. They name their item, fit every phase and need no step: the last one holds. */
export const moderate = [
  /** Lets it be seen, also what was hidden, banned or taken together with another before. */
  z.strictObject({ do: z.literal('show'), itemId, mark }),
  /** Takes it from everybody's screen. It stays in the record. */
  z.strictObject({ do: z.literal('hide'), itemId, mark }),
  /** Hides everything that has this word in it, now and later, in every item of the delivery. */
  z.strictObject({ do: z.literal('ban'), itemId, mark }),
  /** Counts a word with another one, as a plural with its singular. */
  z.strictObject({ do: z.literal('merge'), itemId, mark, into: mark }),
] as const

/** What was decided so far about one item, for hosts. */
export const moderation = z.object({
  shown: z.array(z.string()),
  hidden: z.array(z.string()),
  banned: z.array(z.string()),
  merged: z.record(z.string(), z.string()),
})
export type Moderation = z.infer<typeof moderation>
