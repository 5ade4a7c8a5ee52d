// What holds for homework, decided from plain data: who may hand in when, and what the result looks like. Pure: no
// database, clock or socket.
import { type AttemptsRule, hasMore } from '#protocol/activities/attempts.ts'
import type { ItemId, Ruling } from '#protocol/activities.ts'
import { decimalOf, tenThousandths } from '#protocol/base/decimal.ts'
import { demand } from '#protocol/base/problems.ts'
import type { ToldKey } from '#protocol/question-types/registry.ts'
import type { HomeworkResult } from '#protocol/quizzes.ts'
import type { Phase } from '#server/features/access/index.ts'
import type { GateAnswer } from '#server/features/activities/index.ts'

/** The kind under which homework stands on the course home; `refId` is the delivery. */
export const homeworkKind = 'homework'

/** What is known of a person before a homework. */
export interface Sitter {
  /** Enrolled in its course now, as a learner. */
  readonly learner: boolean
  /** It is for everybody, or was given to them. */
  readonly given: boolean
  /** It stands in the course, published, and so does the module around it. */
  readonly stands: boolean
  /** What their roles say to answering there. */
  readonly mayAnswer: boolean
  /** May see the course around it. */
  readonly sees: boolean
  /** A condition keeps it from them; `hidden`: they are not to know of it. */
  readonly shut: 'shut' | 'hidden' | null
  /** Of the course; null where there is no such homework. */
  readonly phase: Phase | null
}

/**
 * May this person answer a homework, and if not why? What they are not to know of is not there for them; `concluded` only
 * where they might if its course were not over, `not-allowed` to learners whose role answers nothing there.
 */
export function maySit({ sees, learner, given, stands, mayAnswer, shut, phase }: Sitter): GateAnswer {
  if (phase === null || phase === 'removed') return 'not-found'
  if (phase === 'draft' && learner) return 'not-published'
  if (!sees) return 'not-found'
  if (!learner) return 'not-a-learner'
  if (!stands || shut === 'hidden') return 'not-found'
  if (!mayAnswer) return 'not-allowed'
  if (!given) return 'not-for-you'
  if (shut) return 'locked'
  return phase === 'concluded' ? phase : true
}

/**
 * Who sees a homework, of those who may see its course: whoever prepares it, as it is; a learner where it stands published,
 * and then only what it leaves them (`not-for-you`, conditions). Throws `not-found` for what is, for them, not there.
 */
export function seenAs({
  prepares,
  published,
}: {
  readonly prepares: boolean
  readonly published: boolean
}): 'staff' | 'learner' {
  demand(prepares || published, 'not-found')
  return prepares ? 'staff' : 'learner'
}

/** How a homework stands for one person. */
export interface Standing {
  readonly opensAt: Date | null
  readonly dueAt: Date | null
  readonly closedAt: Date | null
  /** When the newest attempt was handed in. */
  readonly finishedAt: Date | null
  /** The number of the newest attempt; 0 before the first. */
  readonly begun: number
  readonly rule: AttemptsRule
  readonly extraSeconds: number
}

/** The person's own deadline; null without one. */
export const deadlineOf = ({ dueAt, extraSeconds }: Standing): Date | null =>
  dueAt && new Date(dueAt.getTime() + extraSeconds * 1000)

/** Nothing goes on for this person: what they began is handed in, or it is closed for everybody. */
export const isOver = (standing: Standing): boolean => standing.finishedAt !== null || standing.closedAt !== null

/** May this person see the questions yet? Throws `not-open` before it opens. */
export function demandOpened({ opensAt }: Standing, now: Date): void {
  demand(opensAt === null || opensAt <= now, 'not-open', opensAt ? { params: { opensAt: opensAt.toISOString() } } : {})
}

/**
 * Handing in twice is one handing in; throws `not-open` before it opens, and `time-over` after the person's own deadline, when
 * what was answered until then is handed in by itself.
 */
export function demandMayFinish(standing: Standing, now: Date): void {
  if (isOver(standing)) return
  demandOpened(standing, now)
  const deadline = deadlineOf(standing)
  demand(deadline === null || now < deadline, 'time-over')
}

/** The number of the attempt that this person may begin now; null for none. The first is begun by its first answer. */
export function nextAttempt(standing: Standing, now: Date): number | null {
  const { finishedAt, closedAt, begun, rule } = standing
  const deadline = deadlineOf(standing)
  if (finishedAt === null || closedAt !== null || (deadline !== null && deadline <= now)) return null
  return hasMore(rule, begun) ? begun + 1 : null
}

/** May this person begin another attempt now? Throws `not-open` and `time-over`. */
export function demandMayBegin(standing: Standing, now: Date): void {
  demandOpened(standing, now)
  const deadline = deadlineOf(standing)
  demand(standing.closedAt === null && (deadline === null || now < deadline), 'time-over')
}

/** An item with what it earned; `score` null where nothing can be right. */
export interface ResultItem {
  readonly itemId: ItemId
  readonly score: string | null
  readonly points: string
  readonly key: ToldKey | null
  readonly ruling: Ruling
  /** Not over for this person everywhere: neither key nor score is told. */
  readonly held: boolean
  /** Over at least as far as that it may be part of a total. */
  readonly summed: boolean
}

/** The result of a person who is done. Items without a right answer earn and cost nothing. */
export function resultOf(items: readonly ResultItem[]): Pick<HomeworkResult, 'score' | 'points' | 'items'> {
  const sum = (values: readonly string[]) => decimalOf(values.reduce((all, one) => all + tenThousandths(one), 0n))
  return {
    score: items.some(item => !item.summed) ? null : sum(items.map(item => item.score ?? '0')),
    points: sum(items.filter(item => item.key !== null).map(item => item.points)),
    items: items.map(({ itemId, points, score, key, ruling, held }) => ({
      itemId,
      points,
      score: held ? null : (score ?? '0'),
      ruling: held ? null : ruling,
      key: held ? null : key,
    })),
  }
}
