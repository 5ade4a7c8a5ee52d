// What one person gave in deliveries that were asked item by item, for that person: the key and what it earned only of
// items whose result everybody was shown. Changes nothing and asks no rights.
import type { ActivityKindName, ActivityMove } from '#protocol/activities/registry.ts'
import type { DeliveryId, ItemId, Ruling } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { AskedQuestion, ToldKey } from '#protocol/question-types/registry.ts'
import { writtenOf } from '#server/features/questions/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import type { Kind, Plan, Shared } from '../kinds/kind.ts'
import { kindOf } from '../kinds/registry.ts'
import { askedOf } from '../kinds/staged.ts'
import { askHoldingBack } from './gates.ts'
import { itemsOverFor } from './over.ts'

export interface OwnAnswer {
  readonly deliveryId: DeliveryId
  readonly itemId: ItemId
  readonly kind: ActivityKindName
  readonly asked: AskedQuestion
  readonly move: ActivityMove | null
  /** Null before the reveal, and where there is no key. `score` is null where nothing is scored. */
  readonly result: {
    readonly key: ToldKey
    readonly score: string | null
    readonly points: string
  } | null
  readonly corrected: { readonly at: string; readonly note: string } | null
}

interface OwnRow {
  delivery_id: DeliveryId
  item_id: ItemId
  kind: ActivityKindName
  settings: unknown
  type: string
  body: unknown
  key: unknown
  points: string
  ruling: Ruling
  shared: Shared
  score: string | null
  move: ActivityMove | null
  corrected_at: Date | null
  note: string | null
}

/** The key of an item as its reveal tells it; null before, and for kinds that have none. */
function toldKey(kind: Kind, plan: Plan, shared: Shared, itemId: ItemId): ToldKey | null {
  if (!shared.revealed.includes(itemId)) return null
  const told = kind.view(plan, { ...shared, phase: 'revealed', itemId }).result
  return told && 'key' in told ? told.key : null
}

/** Every item these live deliveries have asked, in the order of opening, with one person's answer. Three queries. */
export async function ownAnswers(
  ctx: Ctx,
  deliveryIds: readonly DeliveryId[],
  accountId: AccountId,
): Promise<OwnAnswer[]> {
  const rows = await ctx.sql<OwnRow>(
    `select d.id as delivery_id, i.id as item_id, a.kind, a.settings, v.type, v.body, v.key,
            trim_scale(i.points)::text as points, i.ruling, d.shared,
            trim_scale(e.score)::text as score, coalesce(counted.move, newest.move) as move,
            c.at as corrected_at, c.note
       from unnest($1::uuid[]) with ordinality as wanted(id, place)
       join deliveries d on d.id = wanted.id and d.mode = 'live'
       join activities a on a.id = d.activity_id
       cross join lateral jsonb_array_elements_text(d.shared -> 'opened') with ordinality as opened(item_id, place)
       join activity_items i on i.id = opened.item_id::uuid and i.removed_at is null
       join question_versions v on v.id = i.question_version_id
       left join attempts t on t.delivery_id = d.id and t.account_id = $2
       left join evidence e on e.attempt_id = t.id and e.item_id = i.id
       left join responses counted on counted.id = e.response_id
       left join lateral (
         select move from responses where attempt_id = t.id and item_id = i.id order by revision desc limit 1
       ) newest on true
       left join lateral (select at, note from corrections where item_id = i.id order by id desc limit 1) c on true
      order by wanted.place, opened.place`,
    [[...deliveryIds], accountId],
  )
  const back = await askHoldingBack(ctx, deliveryIds)
  const over = await itemsOverFor(ctx, [...new Set(rows.map(row => row.item_id))], accountId)
  return rows.map(row => {
    const written = writtenOf(row)
    const kind = kindOf(row.kind)
    const item = { id: row.item_id, points: row.points, question: written }
    // A class may have shown what is this person's homework still.
    const key =
      back.has(row.delivery_id) || !over.keys.has(row.item_id) || row.ruling === 'discarded'
        ? null
        : toldKey(kind, { settings: row.settings, items: [item] }, row.shared, row.item_id)
    return {
      deliveryId: row.delivery_id,
      itemId: row.item_id,
      kind: row.kind,
      asked: askedOf(written),
      move: row.move,
      result: key && {
        key,
        score: kind.scored(row.settings) ? (row.score ?? '0') : null,
        points: row.points,
      },
      // A note may say what was right.
      corrected:
        row.corrected_at && over.keys.has(row.item_id)
          ? { at: new Date(row.corrected_at).toISOString(), note: row.note ?? '' }
          : null,
    }
  })
}
