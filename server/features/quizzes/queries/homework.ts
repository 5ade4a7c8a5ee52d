// Homework as one learner sees it: questions without keys, their own answers, and the result once it is over for them.
// Changes nothing.

import * as z from 'zod/mini'
import { hasMore } from '#protocol/activities/attempts.ts'
import type { DeliveryId, ItemId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { type AskedQuestion, askedQuestion, toldKeyOf } from '#protocol/question-types/registry.ts'
import type { Homework, HomeworkResult, OwnAttempt } from '#protocol/quizzes.ts'
import {
  type ActivityRow,
  attempts,
  attemptsOf,
  type DeliveryRow,
  deliveryOf,
  getActivity,
  getDelivery,
  isScored,
  itemsOverFor,
  listItems,
  mySeat,
} from '#server/features/activities/index.ts'
import { gradeItemsOf, heldBack, ownGradeIn } from '#server/features/grades/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { demandOpened, homeworkKind, isOver, nextAttempt, resultOf, type Standing } from '../rules.ts'

/** One item of one attempt; none of one that is not settled. */
interface AttemptScore {
  readonly number: number
  readonly finishedAt: Date | null
  readonly counts: boolean
  readonly itemId: ItemId | null
  readonly score: string | null
}

export interface Given {
  readonly delivery: DeliveryRow
  readonly activity: ActivityRow
}

/** The homework with its activity; `not-found` for a delivery of another mode too. Asks no rights. */
export async function getHomework(ctx: Ctx, deliveryId: DeliveryId): Promise<Given> {
  const delivery = await getDelivery(ctx, deliveryId)
  if (delivery.mode !== 'homework') throw new Problem('not-found')
  return { delivery, activity: await getActivity(ctx, delivery.activityId) }
}

/** How it stands for one person. */
export async function standingOf({ delivery }: Given, accountId: AccountId): Promise<Standing> {
  const attempt = await attempts.findOne({
    where: { deliveryId: delivery.id, accountId },
    order: [['number', 'desc']],
    raw: true,
  })
  return {
    opensAt: delivery.opensAt,
    dueAt: delivery.dueAt,
    closedAt: delivery.closedAt,
    finishedAt: attempt?.finishedAt ?? null,
    begun: attempt?.number ?? 0,
    rule: attemptsOf(delivery),
    extraSeconds: attempt?.extraSeconds ?? 0,
  }
}

/** What the attempts of a person came to, as far as it is told. */
interface Told {
  readonly result: HomeworkResult
  readonly handedIn: readonly OwnAttempt[]
}

/** What was right in one attempt that was handed in. Throws `not-found`. */
export const homeworkResult = async (
  ctx: Ctx,
  given: Given,
  accountId: AccountId,
  attempt: number,
): Promise<HomeworkResult> => (await told(ctx, given, accountId, attempt)).result

/** What was right in one attempt, item by item, and what each came to. Only for somebody for whom it is over here; an item that is not over elsewhere is held. */
async function told(ctx: Ctx, { delivery, activity }: Given, accountId: AccountId, attempt: number): Promise<Told> {
  const rows = await ctx.sql<AttemptScore>(
    `select t.number, t.finished_at as "finishedAt", t.counts, e.item_id as "itemId", trim_scale(e.score)::text as score
       from attempts t left join evidence e on e.attempt_id = t.id
      where t.delivery_id = $1 and t.account_id = $2 order by t.number`,
    [delivery.id, accountId],
  )
  const newest = rows.at(-1)?.number
  const scoresIn = (number: number) =>
    new Map(rows.flatMap(row => (row.number === number && row.itemId !== null ? [[row.itemId, row.score]] : [])))
  const scored = isScored(activity.kind, activity.settings)
  const items = await listItems(ctx, activity.id)
  const over = await itemsOverFor(
    ctx,
    items.map(item => item.id),
    accountId,
  )
  const keyed = scored ? items.filter(item => item.ruling !== 'discarded').map(item => item.id) : []
  const counts = new Set(keyed)
  const here = new Set([delivery.id])
  const columns = await gradeItemsOf(ctx, [delivery.id])
  const back = (await heldBack(ctx, columns)).size > 0
  const resultIn = (number: number) => {
    const scores = scoresIn(number)
    return resultOf(
      items.map(item => ({
        itemId: item.id,
        score: scores.get(item.id) ?? null,
        points: item.points,
        ruling: item.ruling,
        key: counts.has(item.id) ? toldKeyOf(item.question.question) : null,
        held: back || (counts.has(item.id) && !over.keys.has(item.id)),
        summed: !back && (!counts.has(item.id) || over.inTotal(item.id, here)),
      })),
    )
  }
  const result = resultIn(attempt)
  const attempts = new Map(rows.map(row => [row.number, row]))
  const [gradeItemId] = columns
  const grade = gradeItemId ? await ownGradeIn(ctx, gradeItemId, accountId) : null
  const why = (): HomeworkResult['held'] => {
    if (back) return 'held-back'
    if (keyed.every(id => over.keys.has(id))) return null
    if (keyed.some(id => over.never.has(id))) return 'never'
    if (delivery.closedAt !== null) return 'elsewhere'
    if (delivery.shows === 'after-due') return 'after-due'
    const begun = newest ?? 0
    const mayTry = attempts.get(begun)?.finishedAt === null || hasMore(attemptsOf(delivery), begun)
    return mayTry && result.score !== null ? 'attempts' : 'elsewhere'
  }
  return {
    result: {
      ...result,
      held: why(),
      grade:
        grade && gradeItemId ? { gradeItemId, score: grade.score, points: grade.points, parts: grade.parts } : null,
    },
    handedIn: [...attempts.values()].flatMap(({ number, finishedAt, counts: chosen }) => {
      if (finishedAt === null) return []
      const { score, points } = resultIn(number)
      const tells = score !== null || delivery.attemptsCounts !== 'best'
      return { number, finishedAt: new Date(finishedAt).toISOString(), score, points, counts: tells ? chosen : null }
    }),
  }
}

const asked = (question: { type: string; body: unknown }): AskedQuestion =>
  z.parse(askedQuestion, { type: question.type, body: question.body })

/** The homework for one learner. Throws `not-found`, `not-open` before it opens: the questions are not shown sooner. */
export async function homeworkFor(ctx: Ctx, given: Given, accountId: AccountId): Promise<Homework> {
  const { delivery, activity } = given
  const standing = await standingOf(given, accountId)
  demandOpened(standing, ctx.now)
  const items = await listItems(ctx, activity.id)
  // Nothing was handed in where the first goes on still.
  const known =
    isOver(standing) || standing.begun > 1 ? await told(ctx, given, accountId, Math.max(standing.begun, 1)) : undefined
  const [place] = await ctx.sql<{ class_title: string | null }>(
    "select detail ->> 'classTitle' as class_title from items where course_id = $1 and kind = $2 and ref_id = $3",
    [activity.courseId, homeworkKind, delivery.id],
  )
  return {
    delivery: deliveryOf(delivery),
    courseId: activity.courseId,
    classTitle: place?.class_title ?? null,
    activity: { id: activity.id, kind: activity.kind, title: activity.title, settings: activity.settings },
    items: items.map(item => ({ id: item.id, points: item.points, asked: asked(item.question.question) })),
    seat: await mySeat(ctx, delivery.id),
    result: (isOver(standing) && known?.result) || null,
    attempts: { handedIn: [...(known?.handedIn ?? [])], next: nextAttempt(standing, ctx.now) },
    now: ctx.now.toISOString(),
  }
}
