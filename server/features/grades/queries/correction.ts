// Who would change by a correction: every grade behind which the item stands, as it is and as it would be. Nothing is
// written; the apply asks the same question, and under its locks only about those for whom more was settled meanwhile. Changes nothing and asks no rights.
import type { DeliveryId, Ruling } from '#protocol/activities.ts'
import { tenThousandths } from '#protocol/base/decimal.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { GradeItemId } from '#protocol/grades.ts'
import type { WrittenQuestion } from '#protocol/question-types/registry.ts'
import { type ItemPlace, scoresUnder } from '#server/features/activities/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type EvidenceOf, gradeOf } from '../rules.ts'
import { evidenceIn, getGradeItem, gradeItemsOf, sourcesOf } from './gradebook.ts'
import { measureOf } from './measured.ts'

/** A grade that would be another one. */
export interface Change {
  readonly accountId: AccountId
  readonly gradeItemId: GradeItemId
  readonly title: string
  readonly before: string
  readonly after: string
}

const deliveriesOf = async (ctx: Ctx, { activityId }: ItemPlace): Promise<DeliveryId[]> =>
  (await ctx.sql<{ id: DeliveryId }>('select id from deliveries where activity_id = $1', [activityId])).map(
    row => row.id,
  )

/** The queries of `whoChanges`, whatever the size of the class: 3, and 6 for each column the item counts in. */
export const queriesOfChanges = (columns: number): number => 3 + 6 * columns

/** The grades of these people, or (null) of everybody, that would change, across every delivery, live and at home. */
export async function whoChanges(
  ctx: Ctx,
  place: ItemPlace,
  to: { readonly ruling: Ruling; readonly question?: WrittenQuestion | undefined },
  accountIds: readonly AccountId[] | null = null,
): Promise<Change[]> {
  const scores = await scoresUnder(ctx, place, to, accountIds)
  const itemId = place.item.id
  const changes: Change[] = []
  for (const gradeItemId of await gradeItemsOf(ctx, await deliveriesOf(ctx, place))) {
    const row = await getGradeItem(ctx, gradeItemId)
    const deliveryIds = await sourcesOf(ctx, gradeItemId)
    const measure = await measureOf(ctx, deliveryIds, accountIds)
    const byPerson = new Map<AccountId, (EvidenceOf & { accountId: AccountId })[]>()
    for (const one of await evidenceIn(ctx, deliveryIds, accountIds))
      byPerson.set(one.accountId, [...(byPerson.get(one.accountId) ?? []), one])
    for (const [accountId, evidence] of byPerson) {
      const { asked } = measure(accountId, new Set(evidence.map(one => `${one.deliveryId}/${one.itemId}`)))
      const ruled = asked.map(one => (one.itemId === itemId ? { ...one, ruling: to.ruling } : one))
      const scored = evidence.map(one =>
        one.itemId === itemId ? { ...one, score: scores.get(`${one.deliveryId}/${accountId}`) ?? null } : one,
      )
      const before = gradeOf(row, asked, evidence)?.score ?? '0'
      const after = gradeOf(row, ruled, scored)?.score ?? '0'
      if (before !== after) changes.push({ accountId, gradeItemId, title: row.title, before, after })
    }
  }
  return changes
}

/** Those who gain and those who lose, each person once by the sum of their columns. */
export function upAndDown(changes: readonly Change[]): { up: ReadonlySet<AccountId>; down: ReadonlySet<AccountId> } {
  const sums = new Map<AccountId, bigint>()
  for (const one of changes)
    sums.set(one.accountId, (sums.get(one.accountId) ?? 0n) + tenThousandths(one.after) - tenThousandths(one.before))
  const where = (holds: (sum: bigint) => boolean) =>
    new Set([...sums].flatMap(([accountId, sum]) => (holds(sum) ? [accountId] : [])))
  return { up: where(sum => sum > 0n), down: where(sum => sum < 0n) }
}

/** The names of people, in the order of names. */
export async function namesOf(ctx: Ctx, ids: readonly AccountId[]): Promise<ReadonlyMap<AccountId, string>> {
  const rows = await ctx.sql<{ id: AccountId; name: string }>(
    'select id, name from accounts where id = any($1::uuid[]) order by lower(name), id',
    [[...ids]],
  )
  return new Map(rows.map(row => [row.id, row.name]))
}
