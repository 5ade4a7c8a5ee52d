// Answers that were begun and not sent, kept on this device by delivery and attempt.
import * as z from 'zod/mini'
import { findDraft, keepDraft } from '#client/platform/drafts.ts'
import { activityMove } from '#protocol/activities/registry.ts'

/** `over`: the revision of the answer the server had as it was begun; 0 for none. */
const begun = z.object({ move: activityMove, over: z.int() })
const ofAttempt = z.record(z.string(), begun)
type Begun = z.infer<typeof begun>

/** What was begun in one delivery by whoever is signed in. */
export function begunAnswers(deliveryId: string) {
  const place = (attempt: number) => `answers ${deliveryId} ${attempt}`
  const read = (attempt: number): Readonly<Record<string, Begun>> => {
    const kept = z.safeParse(ofAttempt, findDraft(place(attempt)))
    return kept.success ? kept.data : {}
  }
  return {
    of: (attempt: number) => Object.entries(read(attempt)).map(([itemId, one]) => ({ itemId, ...one })),
    /** Nothing begun forgets what was. */
    keep(attempt: number, itemId: string, one: Begun | undefined): void {
      const { [itemId]: before, ...others } = read(attempt)
      if (!before && !one) return
      const now = one ? { ...others, [itemId]: one } : others
      keepDraft(place(attempt), Object.keys(now).length > 0 ? now : undefined)
    },
    forget: (attempt: number): void => keepDraft(place(attempt), undefined),
  }
}
