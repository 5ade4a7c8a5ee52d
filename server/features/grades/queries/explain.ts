// Why a grade is what it is: every response behind it, which one counts and what it earned. A learner reads only their
// own, and a key or a score only when the item is over for them everywhere it is asked.
import type { AttemptsCount } from '#protocol/activities/attempts.ts'
import type { ActivityMove } from '#protocol/activities/registry.ts'
import type { AttemptId, DeliveryId, DeliveryMode, ItemId, ResponseId, Ruling } from '#protocol/activities.ts'
import type { Output } from '#protocol/base/call.ts'
import { decimalOf, tenThousandths } from '#protocol/base/decimal.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import type { GradeItemId, gradeRoutes } from '#protocol/grades.ts'
import type { AskedQuestion } from '#protocol/question-types/registry.ts'
import { getAccount } from '#server/features/accounts/index.ts'
import { type AskedItem, askedItems, itemsOverFor } from '#server/features/activities/index.ts'
import { writtenOf } from '#server/features/questions/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { countedFor, gradeOf } from '../rules.ts'
import type { GradeItemRow } from '../tables.ts'
import { cellsOf, type EvidenceEntry, evidenceIn, gradeItemOf, sourcesOf } from './gradebook.ts'
import { heldFor, ownCellOf } from './held.ts'
import { emptyCells, measureOf } from './measured.ts'

type Explained = Output<typeof gradeRoutes.explain>

interface ResponseRecord {
  id: ResponseId
  delivery_id: DeliveryId
  mode: DeliveryMode
  item_id: ItemId
  number: number
  revision: number
  move: ActivityMove
  at: Date
}

interface ItemRecord {
  id: ItemId
  title: string
  points: string
  ruling: Ruling
  corrected_at: Date | null
  note: string | null
  type: string
  body: unknown
  key: unknown
}

const responsesOf = (ctx: Ctx, deliveryIds: readonly DeliveryId[], accountId: AccountId) =>
  ctx.sql<ResponseRecord>(
    `select r.id, r.delivery_id, d.mode, r.item_id, t.number, r.revision, r.move, r.at
       from attempts t join responses r on r.attempt_id = t.id join deliveries d on d.id = t.delivery_id
      where t.delivery_id = any($1::uuid[]) and t.account_id = $2 order by r.at, r.id`,
    [[...deliveryIds], accountId],
  )

interface AttemptRecord {
  readonly id: AttemptId
  readonly deliveryId: DeliveryId
  readonly title: string
  readonly number: number
  readonly startedAt: Date
  readonly finishedAt: Date | null
  readonly counts: boolean
  readonly rule: AttemptsCount
}

/** Attempts at homework of which there may be, or are, several. */
const attemptsAt = (ctx: Ctx, deliveryIds: readonly DeliveryId[], accountId: AccountId) =>
  ctx.sql<AttemptRecord>(
    `select t.id, t.delivery_id as "deliveryId", a.title, t.number, t.started_at as "startedAt",
            t.finished_at as "finishedAt", t.counts, d.attempts_counts as rule
       from attempts t join deliveries d on d.id = t.delivery_id join activities a on a.id = d.activity_id
      where t.delivery_id = any($1::uuid[]) and t.account_id = $2 and d.mode = 'homework'
        and (d.attempts_most is distinct from 1
             or exists (select from attempts o where o.delivery_id = d.id and o.account_id = $2 and o.number > 1))
      order by d.id, t.number`,
    [[...deliveryIds], accountId],
  )

/** Attempts as a reader sees them: what each came to and which one counts only where a total is told. */
function attemptsTold(
  rows: readonly AttemptRecord[],
  evidence: readonly EvidenceEntry[],
  asked: readonly AskedItem[],
  told: boolean,
): Explained['attempts'] {
  const scored = new Map<string, string>(
    asked.flatMap(one =>
      one.scored && one.ruling !== 'discarded' ? [[`${one.deliveryId}/${one.itemId}`, one.points] as const] : [],
    ),
  )
  const sum = (all: readonly string[]) => decimalOf(all.reduce((whole, one) => whole + tenThousandths(one), 0n))
  return rows.map(row => {
    const own = evidence.filter(one => one.attemptId === row.id && scored.has(`${one.deliveryId}/${one.itemId}`))
    const settled = told && row.finishedAt !== null
    return {
      deliveryId: row.deliveryId,
      activityTitle: row.title,
      number: row.number,
      startedAt: new Date(row.startedAt).toISOString(),
      finishedAt: row.finishedAt && new Date(row.finishedAt).toISOString(),
      score: settled ? sum(own.map(one => one.score ?? '0')) : null,
      points: settled ? sum(own.map(one => scored.get(`${one.deliveryId}/${one.itemId}`) ?? '0')) : null,
      counts: told ? row.counts && row.finishedAt !== null : null,
      rule: row.rule,
    }
  })
}

const itemsOf = (ctx: Ctx, itemIds: readonly ItemId[]) =>
  ctx.sql<ItemRecord>(
    `select i.id, a.title, trim_scale(i.points)::text as points, i.ruling, c.at as corrected_at, c.note, v.type, v.body,
            v.key
       from activity_items i
       join activities a on a.id = i.activity_id
       join question_versions v on v.id = i.question_version_id
       left join lateral (select at, note from corrections where item_id = i.id order by id desc limit 1) c on true
      where i.id = any($1::uuid[]) order by a.id, i.position, i.id`,
    [[...itemIds]],
  )

/** Whose grade is asked for must have been in the course or in one of the deliveries: names are not told of others. */
async function demandBelongs(
  ctx: Ctx,
  gradeItem: GradeItemRow,
  deliveryIds: readonly DeliveryId[],
  accountId: AccountId,
): Promise<void> {
  const rows = await ctx.sql(
    `select 1 as one from enrolments where course_id = $1 and account_id = $2
     union all
     select 1 from attempts where delivery_id = any($3::uuid[]) and account_id = $2 limit 1`,
    [gradeItem.courseId, accountId, [...deliveryIds]],
  )
  demand(rows.length > 0, 'not-found')
}

/** What a learner reads of a column that is held back: that it is. */
const untold = (gradeItem: GradeItemRow, accountId: AccountId, name: string): Explained => ({
  gradeItem: gradeItemOf(gradeItem),
  accountId,
  name,
  cell: null,
  parts: null,
  empty: { gradeItemId: gradeItem.id, why: 'held-back' },
  replaced: false,
  attempts: [],
  items: [],
})

/**
 * Everything behind one person's grade. `reader` says whose eyes it is for: staff read keys and scores at once.
 * Throws `not-found` for a person who is not there.
 */
export async function explainGrade(
  ctx: Ctx,
  gradeItem: GradeItemRow,
  accountId: AccountId,
  reader: 'staff' | 'self',
): Promise<Explained> {
  const deliveryIds = await sourcesOf(ctx, gradeItem.id)
  await demandBelongs(ctx, gradeItem, deliveryIds, accountId)
  const person = await getAccount(accountId)
  if (reader === 'self' && gradeItem.heldAt !== null) return untold(gradeItem, accountId, person.name)
  const responses = await responsesOf(ctx, deliveryIds, accountId)
  const all = await evidenceIn(ctx, deliveryIds, [accountId], 'all')
  const evidence = all.filter(row => row.counts)
  const settled = new Set(evidence.map(row => `${row.deliveryId}/${row.itemId}`))
  const measure = await measureOf(ctx, deliveryIds, [accountId])
  const { asked, given, replaced } = measure(accountId, settled)
  const known = await askedItems(ctx, deliveryIds)
  const scored = new Set(known.filter(one => one.scored).map(one => one.itemId))
  const itemIds = [...new Set([...given.map(one => one.itemId), ...responses.map(one => one.item_id)])]
  const over = await itemsOverFor(ctx, itemIds, accountId)
  const cells = await cellsOf(ctx, gradeItem.courseId, [accountId])
  const cell = cells.get(accountId)?.find(one => one.gradeItemId === gradeItem.id)
  const held = reader === 'self' ? await heldFor(ctx, accountId, [gradeItem.id]) : new Set<GradeItemId>()
  const own = cell ? ownCellOf(cell, held) : null
  const attempts = await attemptsAt(ctx, deliveryIds, accountId)
  const why = cell ? null : await emptyCells(ctx, gradeItem.courseId, [gradeItem.id], [accountId])
  return {
    gradeItem: gradeItemOf(gradeItem),
    accountId,
    name: person.name,
    cell: own,
    parts: own && own.score !== null ? (gradeOf(gradeItem, asked, evidence)?.parts ?? null) : null,
    empty: why ? why(gradeItem.id, accountId) : null,
    replaced,
    attempts: attemptsTold(attempts, all, known, reader === 'staff' || !held.has(gradeItem.id)),
    items: (await itemsOf(ctx, itemIds)).map(item => {
      const open = reader === 'staff' || over.keys.has(item.id)
      const mine = all.filter(row => row.itemId === item.id)
      const written = writtenOf(item)
      return {
        itemId: item.id,
        activityTitle: item.title,
        points: item.points,
        scored: scored.has(item.id),
        ruling: item.ruling,
        corrected: item.corrected_at && { at: new Date(item.corrected_at).toISOString(), note: item.note ?? '' },
        asked: { type: written.type, body: written.body } as AskedQuestion,
        question: open && scored.has(item.id) ? written : null,
        prompt: written.body.prompt,
        ...weigh(
          gradeItem.policy,
          mine,
          responses.filter(row => row.item_id === item.id),
          open,
        ),
        // Whoever was asked has it, answered or not.
        ...(open && scored.has(item.id) && item.ruling === 'everybody' ? { score: item.points } : {}),
      }
    }),
  }
}

function weigh(
  policy: GradeItemRow['policy'],
  evidence: readonly EvidenceEntry[],
  responses: readonly ResponseRecord[],
  open: boolean,
) {
  const counted = countedFor(
    policy,
    evidence.filter(row => row.counts),
  ) as EvidenceEntry | undefined
  const byResponse = new Map(evidence.map(row => [row.responseId, row]))
  return {
    score: open ? (counted?.score ?? null) : null,
    responses: responses.map(row => ({
      responseId: row.id,
      deliveryId: row.delivery_id,
      mode: row.mode,
      attempt: row.number,
      revision: row.revision,
      move: row.move,
      at: new Date(row.at).toISOString(),
      score: open ? (byResponse.get(row.id)?.score ?? null) : null,
      // Which one counts may tell which one was right.
      counts: open && counted?.responseId === row.id,
    })),
  }
}
