// Who may be observed, how long it holds, who ends it and takes the end back; what is due next. Pure.
import type { AccountId } from '#protocol/base/ids.ts'
import type { SiteRole } from '#protocol/base/roles.ts'
import { endedBackMinutes, mostDue, type ObserverRules } from '#protocol/observers.ts'
import type { ProgressCell } from '#protocol/progress.ts'

/** Somebody as far as it matters whether they observe or are observed. */
export interface Party {
  readonly accountId: AccountId
  readonly siteRole: SiteRole
  /** They come in: neither a guest, nor suspended, erased or merged into another account. */
  readonly comesIn: boolean
}

/** What administrators see is the school's and not theirs; guests leave with the class. */
export const mayBeObserved = ({ siteRole, comesIn }: Omit<Party, 'accountId'>): boolean =>
  comesIn && siteRole === 'member'

/** Whether one may come to observe the other. */
export const mayObserve = (observer: Party, learner: Party): boolean =>
  observer.accountId !== learner.accountId && observer.comesIn && mayBeObserved(learner)

/** How long an observation holds. */
export interface Span {
  readonly until: Date | null
  readonly endedAt: Date | null
}

export const holds = ({ until, endedAt }: Span, now: Date): boolean =>
  endedAt === null && (until === null || until > now)

interface Ends {
  readonly who: AccountId
  readonly administers: boolean
  readonly rules: ObserverRules
}

/** Whether somebody ends it: administrators, whoever observes, and the learner where the school lets them. */
export const mayEnd = (
  one: { readonly observerId: AccountId; readonly learnerId: AccountId },
  { who, administers, rules }: Ends,
): boolean => administers || who === one.observerId || (who === one.learnerId && rules.learnersEnd)

/** Whether an end can be taken back: by whoever made it, while that is fresh and the time set beforehand is not over. */
export const mayRestore = (one: Span & { readonly endedBy: AccountId | null }, who: AccountId, now: Date): boolean =>
  one.endedAt !== null &&
  one.endedBy === who &&
  now.getTime() - one.endedAt.getTime() < endedBackMinutes * 60_000 &&
  (one.until === null || one.until > now)

/** Of what is open and has a time, what comes first; the late stand before the rest. At most `mostDue`. */
export const dueNext = <T extends { readonly cell: ProgressCell; readonly shut: boolean }>(
  all: readonly T[],
): (T & { readonly dueAt: string })[] =>
  all
    .flatMap(one =>
      one.cell.state === 'open' && one.cell.dueAt && !one.shut ? [{ ...one, dueAt: one.cell.dueAt }] : [],
    )
    .sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0))
    .slice(0, mostDue)
