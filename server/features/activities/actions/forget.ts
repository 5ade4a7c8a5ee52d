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
 * steers where they were given, and nobody shows one of them before the commit. Two queries and one for each delivery.
 */
export async function forgetShown(ctx: WriteCtx, responseIds: readonly string[]): Promise<ActivityId[]> {
  const given = await ctx.sql<{ id: DeliveryId }>(
    'select distinct delivery_id as id from responses where id = any($1::text[]::uuid[]) order by 1',
    [responseIds],
  )
  for (const { id } of given) await lockAlone(ctx, deliveryLock(id))
  const changed = await ctx.sql<{ activity_id: ActivityId }>(
    `update deliveries d set shared = jsonb_set(d.shared, '{moderation}', (
       select jsonb_object_agg(m.key, jsonb_set(m.value, '{shown}', (
         select coalesce(jsonb_agg(case when s.one ->> 'mark' = any($1::text[])
                  then jsonb_set(s.one, '{text}', to_jsonb($3::text)) else s.one end order by s.at), '[]')
           from jsonb_array_elements(m.value -> 'shown') with ordinality s(one, at))))
         from jsonb_each(d.shared -> 'moderation') m))
      where d.id = any($2::uuid[]) and ${shows} returning d.activity_id`,
    [responseIds, given.map(one => one.id), takenOut],
  )
  return [...new Set(changed.map(one => one.activity_id))]
}
