// Takes words out of what hosts have shown of them: the state of a delivery keeps a copy of every text that was let be seen.
import type { ActivityId, DeliveryId } from '#protocol/activities.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { deliveryLock, lockAlone } from './locks.ts'

/** What stands where a text was that was taken out: of an erased account, or too old. */
export const takenOut = '–'

const shows =
  "exists (select from jsonb_path_query(d.shared, 'lax $.moderation.*.shown[*].mark') m where m #>> '{}' = any($1::text[]))"

/**
 * Takes the texts of these responses out of what was shown of them, and answers whose activities that were. Waits for whoever
 * steers them. Two queries and one for each delivery.
 */
export async function forgetShown(ctx: WriteCtx, responseIds: readonly string[]): Promise<ActivityId[]> {
  const held = await ctx.sql<{ id: DeliveryId; activity_id: ActivityId }>(
    `select d.id, d.activity_id from deliveries d
      where d.id in (select delivery_id from responses where id = any($1::text[]::uuid[])) and ${shows} order by d.id`,
    [responseIds],
  )
  if (held.length === 0) return []
  for (const { id } of held) await lockAlone(ctx, deliveryLock(id))
  await ctx.sql(
    `update deliveries d set shared = jsonb_set(d.shared, '{moderation}', (
       select jsonb_object_agg(m.key, jsonb_set(m.value, '{shown}', (
         select coalesce(jsonb_agg(case when s.one ->> 'mark' = any($1::text[])
                  then jsonb_set(s.one, '{text}', to_jsonb($3::text)) else s.one end order by s.at), '[]')
           from jsonb_array_elements(m.value -> 'shown') with ordinality s(one, at))))
         from jsonb_each(d.shared -> 'moderation') m))
      where d.id = any($2::uuid[])`,
    [responseIds, held.map(one => one.id), takenOut],
  )
  return [...new Set(held.map(one => one.activity_id))]
}
