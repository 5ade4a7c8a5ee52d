// What is told to whom: pure figures and words of notifications.
import type { NotificationKind } from '#protocol/notifications.ts'

/** People named in one job. */
export const peopleAJob = 1_000

/** People told in one transaction: an action writes to at most four scopes. */
export const peopleATurn = 4

/** How long a source is remembered, in days: longer than the log is kept and a job is tried. */
export const sourceDays = 60

/** How long before its due time homework is called to mind. */
export const remindMs = 86_400_000

/** When to call homework to mind; null when that has passed or nothing is due. */
export function remindAt(dueAt: Date | null, now: Date): Date | null {
  const at = dueAt && new Date(dueAt.getTime() - remindMs)
  return at && at > now ? at : null
}

/** How long something is news, in milliseconds. Heard of later, it stands in the list and is read already. */
const newsMs = 3 * 86_400_000

/** Whether what happened then may still ring. */
export const isNews = (at: Date, now: Date): boolean => now.getTime() - at.getTime() < newsMs

/** A result that changed again is still one thing to look at; everything else is counted. */
export const counts = (kind: NotificationKind): boolean => kind !== 'result'
