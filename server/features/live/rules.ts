// Who may do what in a live class, what a seat is worth, and how a code is spelt. Pure: plain data, no database, clock
// or socket. A guest has no right in the course: the seat is the right.
import type { Phase } from '#protocol/activities/staged.ts'
import { tenThousandths } from '#protocol/base/decimal.ts'
import { Problem, type ProblemCode } from '#protocol/base/problems.ts'
import type { Capability } from '#protocol/base/roles.ts'
import type { ForumPolicy } from '#protocol/channels/topics.ts'
import type { Run } from '#protocol/live.ts'
import type { Phase as CoursePhase } from '#server/features/access/index.ts'
import type { GateAnswer } from '#server/features/activities/index.ts'
import type { ChannelRights } from '#server/features/channels/index.ts'
import type { ClassStanding } from '#server/features/notes/index.ts'

export type SeatRole = 'host' | 'learner' | 'guest'

/** How one person stands to one run: the seat they took and what their roles in the course allow right now. */
export interface Standing {
  readonly seat: SeatRole | null
  readonly hosts: boolean
  readonly joins: boolean
  /** May see the course, and with it what a class that ended has left there. */
  readonly views: boolean
  readonly moderates: boolean
  /** Sends files in talk; guests do not. */
  readonly attaches: boolean
  /** Was in the course and staff ended it: a guest's seat, taken before or since, is worth nothing. */
  readonly takenOut: boolean
  /** A host put them out of this class. */
  readonly putOut: boolean
  /** The course is over: what its classes left is read, and nothing of it changes. */
  readonly over: boolean
  /** The course is not published, or not any more: its learners find no class in it. */
  readonly draft: boolean
}

/** What is known of a person at a run before anything is decided. */
export interface StandingFacts {
  readonly seat: SeatRole | null
  /** Suspended or erased. */
  readonly gone: boolean
  readonly takenOut: boolean
  readonly putOut: boolean
  /** How far the course has come. */
  readonly course: CoursePhase
  /** What their roles in the course come to, and what its life leaves of them. */
  readonly may: (capability: Capability, doing: 'reading' | 'writing') => boolean
}

/**
 * How a person stands to a run; null for who is gone, and in a course that lies in the bin for all who may not take it
 * out again: they are not to know of the class.
 */
export function standingFrom({ seat, gone, takenOut, putOut, course, may }: StandingFacts): Standing | null {
  if (gone || (course === 'removed' && !may('course.remove', 'reading'))) return null
  return {
    seat,
    hosts: may('live.host', 'reading'),
    joins: may('live.join', 'writing'),
    views: may('course.view', 'reading'),
    moderates: may('channel.moderate', 'reading'),
    attaches: may('channel.attach', 'reading'),
    takenOut,
    putOut,
    over: course === 'concluded',
    draft: course === 'draft',
  }
}

/** Somebody unknown. */
export const noStanding: Standing = {
  seat: null,
  hosts: false,
  joins: false,
  views: false,
  moderates: false,
  attaches: false,
  takenOut: false,
  putOut: false,
  over: false,
  draft: false,
}

/** What the seat itself is worth now. */
const seatHolds = ({ seat, joins, takenOut, putOut }: Standing): boolean =>
  !putOut && ((seat === 'guest' && !takenOut) || (seat === 'learner' && joins))

/** May start, steer, ask and end: so a co-host goes on when the host is gone. */
export const mayHost = (standing: Standing): boolean => standing.hosts

/**
 * A member's seat is worth what the course still allows; whoever is removed from the course loses it at once. A class
 * that ended is there to be read by those who missed it too.
 */
export const mayWatch = (standing: Standing, phase: Run['phase'] = 'open'): boolean =>
  standing.hosts || seatHolds(standing) || (phase === 'ended' && standing.views)

/**
 * Why somebody may not act as a host, or nothing: `not-allowed` to who is in the class without hosting it, `not-found` to
 * everybody else, `concluded` where the course is over and something would change.
 */
export function whyNotHost(standing: Standing, act: 'read' | 'change'): ProblemCode | undefined {
  if (!mayHost(standing)) return mayWatch(standing) ? 'not-allowed' : 'not-found'
  return standing.over && act === 'change' ? 'concluded' : undefined
}

// Why whoever is of the course does not join a class in it: its life, and where that leaves it open, a role that joins none.
const whyNoSeat = ({ over, draft }: Standing): 'concluded' | 'not-published' | 'not-allowed' =>
  over ? 'concluded' : draft ? 'not-published' : 'not-allowed'

/**
 * Those who know the answers do not answer, and whoever has no seat takes one first. To a stranger there is no class;
 * `not-allowed` to whoever is of the course in a role that joins no class.
 */
export function mayAnswer(standing: Standing): GateAnswer {
  if (standing.hosts) return 'not-for-hosts'
  if (seatHolds(standing)) return true
  const { seat, joins, views, takenOut, putOut } = standing
  if (putOut) return 'put-out'
  if (joins) return 'not-joined'
  if (seat !== null && takenOut) return 'taken-out'
  if (seat === null && !views) return 'not-found'
  return whyNoSeat(standing)
}

const inCourse = ({ over }: Standing, rights: ChannelRights): ChannelRights =>
  over ? { ...rights, concluded: true } : rights

// What somebody who watches a class may do in its talk, and write there while it runs or, where it goes on, after it.
function talkRights(standing: Standing, phase: Run['phase'], after: 'ends' | 'goes on'): ChannelRights | null {
  if (!mayWatch(standing, phase)) return null
  const { attaches, moderates } = standing
  const write = phase === 'open' || after === 'goes on'
  const rights = { read: true, write, attach: attaches, moderate: moderates }
  return inCourse(standing, write ? rights : { ...rights, shut: 'class-over' })
}

/** What a person may do in the class's chat, which after the end is there to be read; null: nothing. */
export const chatRights = (standing: Standing, phase: Run['phase']): ChannelRights | null =>
  talkRights(standing, phase, 'ends')

/** What the questions of a class begin with: who is shy may ask too. */
export const qaPolicy: ForumPolicy = { anonymous: true, approval: false, openers: 'everybody', version: 0 }

/** What a person may do with the questions of a class, which after the end go on in the course, without its guests; null: nothing. */
export const qaRights = (standing: Standing, phase: Run['phase']): ChannelRights | null =>
  talkRights(standing, phase, standing.views ? 'goes on' : 'ends')

/** The minute of a class at a moment, from its start; before the first is over it is 0. */
export const minuteOf = (startedAt: Date, now: Date): number =>
  Math.max(0, Math.floor((now.getTime() - startedAt.getTime()) / 60_000))

/** What a seat gives in the class's note, to those who are not in its course. */
export const noteSeat = (standing: Standing, phase: Run['phase']): ClassStanding => ({
  reads: mayWatch(standing, phase),
  writes: phase === 'open',
})

/**
 * The seat somebody gets who joins: hosts and the course's own by right, anybody else by the code. Whom staff took out of
 * the course does not come back in through the code, nor whom a host put out. Throws `put-out`, `taken-out`, `concluded`,
 * `not-published`, `not-allowed` to a role that joins no class, or `not-found` for who has neither a code nor a seat.
 */
export function seatFor(standing: Standing, by: 'code' | 'run'): SeatRole {
  if (standing.hosts) return 'host'
  if (standing.putOut) throw new Problem('put-out')
  if (standing.joins) return 'learner'
  if (standing.takenOut && (by === 'code' || standing.seat !== null)) throw new Problem('taken-out')
  if (standing.seat === 'guest') return 'guest'
  if (standing.seat !== null) throw new Problem(whyNoSeat(standing))
  if (by === 'run') throw new Problem('not-found')
  return 'guest'
}

/**
 * Whether the numbers of an item are told while its phase holds: they `move` until it is closed, then they stand,
 * for whoever enters, until the reveal tells them to all; null when there is nothing to tell.
 */
export function tellsTally(phase: Phase): 'moves' | 'stands' | null {
  // In a pause those still come that were given before it.
  if (phase === 'open' || phase === 'paused' || phase === 'closing') return 'moves'
  return phase === 'closed' ? 'stands' : null
}

/** Phases in which leaving an item behind must close it first. */
export const runsOn = (phase: Phase): boolean => phase === 'open' || phase === 'paused'

/** 32 signs, none of which is taken for another: no 0 and O, no 1 and I. */
export const codeAlphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** Spells random bytes as a class code; 256 is a multiple of 32, so every code is equally likely. Takes six bytes. */
export const spellCode = (bytes: Uint8Array): string =>
  [...bytes.subarray(0, 6)].map(byte => codeAlphabet.charAt(byte % codeAlphabet.length)).join('')

/** What a question typed on the spot is called on the agenda. */
export function titleOf(prompt: string): string {
  const line = prompt.replace(/\s+/g, ' ').trim()
  return line.length <= 80 ? line : `${line.slice(0, 79).trimEnd()}…`
}

/** Points of a right answer that came at once; at the end of its time it is half. */
const mostPoints = 1_000

/** What was earned of what an item is worth, from 0 to 1; null where it is worth nothing. Decimal strings. */
export function shareOf(score: string, points: string): number | null {
  const whole = tenThousandths(points)
  return whole > 0n ? Number(tenThousandths(score)) / Number(whole) : null
}

/** What speed is measured against where an item has no limit, in seconds. */
const looseLimitSeconds = 60

/**
 * What an answer earns towards the ranks, a whole number up to 1000: first that it is right, then how soon it came in
 * the time this seat has. `share` from 0 to 1; times in milliseconds as the server measured them.
 */
export function speedPoints(answer: {
  readonly share: number
  readonly elapsedMs: number
  readonly travelMs: number
  readonly limitSeconds: number | null
  readonly extraMs: number
}): number {
  const wholeMs = (answer.limitSeconds ?? looseLimitSeconds) * 1_000 + answer.extraMs
  const used = Math.min(1, Math.max(0, (answer.elapsedMs - answer.travelMs) / wholeMs))
  return Math.round(mostPoints * answer.share * (1 - used / 2))
}

/** Sorts by points, most first; equal points share a rank, and those after them stand as far back as there are people. */
export function ranked<T extends { readonly points: number }>(seats: readonly T[]): (T & { rank: number })[] {
  const sorted = [...seats].sort((a, b) => b.points - a.points)
  let rank = 1
  return sorted.map((seat, index) => {
    if (index > 0 && seat.points !== sorted[index - 1]?.points) rank = index + 1
    return { ...seat, rank }
  })
}

/** How often one person raises or lowers their hand: so much at once after a pause, so much a second in the long run. */
export const handBudget = { burst: 10, perSecond: 0.5 } as const
