// Who would change by a correction: every grade behind which the item stands, as it is and as it would be. Nothing is
// written; the apply asks the same question, and under its locks only about those for whom more was settled meanwhile. Changes nothing and asks no rights.
import type { DeliveryId, Ruling } from '#protocol/activities.ts'
import { decimalOf, tenThousandths } from '#protocol/base/decimal.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { GradeItemId } from '#protocol/grades.ts'
import type { WrittenQuestion } from '#protocol/question-types/registry.ts'
import { chosenOf, type ItemPlace, scoresUnder } from '#server/features/activities/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { gradeOf } from '../rules.ts'
import { type EvidenceEntry, evidenceIn, getGradeItem, gradeItemsOf, sourcesOf } from './gradebook.ts'
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

/** Of all this person's evidence that of the attempts that would count, each delivery by its rule. */
function wouldCount(evidence: readonly EvidenceEntry[]): EvidenceEntry[] {
  const attempts = new Map<string, EvidenceEntry[]>()
  for (const one of evidence) attempts.set(one.attemptId, [...(attempts.get(one.attemptId) ?? []), one])
  const sums = [...attempts.values()].flatMap(rows => {
    const [first] = rows
    const score = decimalOf(rows.reduce((all, one) => all + tenThousandths(one.score ?? '0'), 0n))
    const answered = rows.filter(one => one.answered).length
    // What was settled in homework was handed in.
    return first ? [{ ...first, number: first.attempt, handedIn: true, score, answered }] : []
  })
  const chosen = new Set(
    [...new Set(sums.map(one => one.deliveryId))].flatMap(id => {
      const own = sums.filter(one => one.deliveryId === id)
      return chosenOf(own[0]?.rule ?? 'best', own)?.attemptId ?? []
    }),
  )
  return evidence.filter(one => chosen.has(one.attemptId))
}

/** The queries of `whoChanges`, whatever the size of the class: 3, and 6 for each column the item counts in. */
export const queriesOfChanges = (columns: number): number => 3 + 6 * columns

/**
 * The grades of these people, or (null) of everybody, that would change, across every delivery, live and at home.
 * Throws `not-found`.
 */
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
    const byPerson = new Map<AccountId, EvidenceEntry[]>()
    for (const one of await evidenceIn(ctx, deliveryIds, accountIds, 'all'))
      byPerson.set(one.accountId, [...(byPerson.get(one.accountId) ?? []), one])
    for (const [accountId, all] of byPerson) {
      const askedBy = (evidence: readonly EvidenceEntry[]) =>
        measure(accountId, new Set(evidence.map(one => `${one.deliveryId}/${one.itemId}`))).asked
      const evidence = all.filter(one => one.counts)
      const scored = wouldCount(
        all.map(one => (one.itemId === itemId ? { ...one, score: scores.get(one.attemptId) ?? null } : one)),
      )
      const ruled = askedBy(scored).map(one => (one.itemId === itemId ? { ...one, ruling: to.ruling } : one))
      const before = gradeOf(row, askedBy(evidence), evidence)?.score ?? '0'
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
