// Who may be observed, how long it holds, who ends it and takes the end back; what is due next. Pure.
import { instantIn } from '#protocol/base/days.ts'
import { type AccountId, email as emailSchema } from '#protocol/base/ids.ts'
import type { SiteRole } from '#protocol/base/roles.ts'
import type { ObserverRowError } from '#protocol/observers/list.ts'
import {
  endedBackMinutes,
  mostDue,
  mostObserved,
  mostObservers,
  type ObserverKind,
  type ObserverRules,
} from '#protocol/observers.ts'
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

/** A row of a list of observers, as far as it can be read by itself. */
export interface ListedLink {
  readonly line: number
  readonly learnerEmail: string
  readonly observerEmail: string
  readonly kind: ObserverKind
  readonly until: Date | null
  readonly error: ObserverRowError | null
}

const isDay = /^\d{4}-\d{2}-\d{2}$/

/**
 * Reads the cells of one row. `kinds`: the words for what somebody is, in small letters; empty is an observer. A last day is
 * over at its end in the time zone of whoever brings the list.
 */
export function readLink(
  { line, cells }: { readonly line: number; readonly cells: Record<'learner' | 'observer' | 'kind' | 'until', string> },
  {
    kinds,
    zone,
    now,
  }: { readonly kinds: ReadonlyMap<string, ObserverKind>; readonly zone: string; readonly now: Date },
): ListedLink {
  const learnerEmail = cells.learner.toLowerCase().slice(0, 254)
  const observerEmail = cells.observer.toLowerCase().slice(0, 254)
  const kind = cells.kind === '' ? 'observer' : kinds.get(cells.kind.toLowerCase())
  // The last moment of the day is the one before the next begins: 23:59 alone would leave a minute out.
  const end = isDay.test(cells.until) ? instantIn(zone, cells.until, '23:59') : undefined
  const until = end === undefined ? null : new Date(Date.parse(end) + 59_999)
  let error: ObserverRowError | null = null
  if (learnerEmail === '') error = 'no-learner'
  else if (observerEmail === '') error = 'no-observer'
  else if (![learnerEmail, observerEmail].every(one => emailSchema.safeParse(one).success)) error = 'bad-email'
  else if (kind === undefined) error = 'bad-kind'
  else if (cells.until !== '' && until === null) error = 'bad-until'
  else if (until !== null && until <= now) error = 'past'
  return { line, learnerEmail, observerEmail, kind: kind ?? 'observer', until, error }
}

/** A row beside whom it means and what becomes of it. */
export interface JudgedLink<P extends Party = Party> {
  readonly row: ListedLink
  readonly learner: P | undefined
  readonly observer: P | undefined
  readonly outcome: 'add' | 'was there' | 'error'
  readonly error: ObserverRowError | null
}

/** Judges the rows of a list one after the other, each as if those before it had been taken. */
export function judgeLinks<P extends Party>(
  rows: readonly ListedLink[],
  people: ReadonlyMap<string, P>,
  open: readonly { readonly observerId: AccountId; readonly learnerId: AccountId; readonly until: Date | null }[],
  now: Date,
): JudgedLink<P>[] {
  const standing = open.filter(one => holds({ until: one.until, endedAt: null }, now))
  const pair = (observerId: AccountId, learnerId: AccountId) => `${observerId} ${learnerId}`
  const there = new Set(standing.map(one => pair(one.observerId, one.learnerId)))
  const count = new Map<string, number>()
  const more = (key: string) => count.set(key, (count.get(key) ?? 0) + 1)
  for (const one of standing) {
    more(`of ${one.learnerId}`)
    more(`by ${one.observerId}`)
  }
  const seen = new Set<string>()
  return rows.map((row): JudgedLink<P> => {
    const learner = people.get(row.learnerEmail)
    const observer = people.get(row.observerEmail)
    const told = (outcome: JudgedLink['outcome'], error: ObserverRowError | null = null) => ({
      ...{ row, learner, observer, outcome, error },
    })
    if (row.error) return told('error', row.error)
    if (!learner) return told('error', 'learner-unknown')
    if (!observer) return told('error', 'observer-unknown')
    const key = pair(observer.accountId, learner.accountId)
    if (seen.has(key)) return told('error', 'twice')
    seen.add(key)
    if (!mayObserve(observer, learner)) return told('error', 'not-observable')
    if (there.has(key)) return told('was there')
    const full =
      (count.get(`of ${learner.accountId}`) ?? 0) >= mostObservers ||
      (count.get(`by ${observer.accountId}`) ?? 0) >= mostObserved
    if (full) return told('error', 'too-many')
    more(`of ${learner.accountId}`)
    more(`by ${observer.accountId}`)
    return told('add')
  })
}
