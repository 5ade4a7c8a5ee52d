// Endpoints as they are read and found: for screens, for whoever tells something, for whoever sends. Secrets leave this
// file opened only to sign with.
import { Problem } from '#protocol/base/problems.ts'
import type { DepartmentId } from '#protocol/organisation.ts'
import type { EventType } from '#protocol/webhooks/events.ts'
import type { Endpoint, EndpointId, PauseReason } from '#protocol/webhooks.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { unseal } from '#server/platform/seal.ts'
import { type EndpointRow, endpoints } from '../tables.ts'

/** What secrets are sealed for. */
export const secretPurpose = 'webhook-secret'

interface Facts {
  id: EndpointId
  address: string
  description: string
  types: EventType[]
  department_id: DepartmentId | null
  department: string | null
  paused: PauseReason | null
  old_secret_until: Date | null
  last_success_at: Date | null
  failing_since: Date | null
  failures: number
  waiting: number
  kept: number
  created_at: Date
  version: number
}

const day = 24 * 3_600_000
const instantOf = (at: Date | null): string | null => at && new Date(at).toISOString()

const endpointOf = (row: Facts, now: Date): Endpoint => ({
  id: row.id,
  address: row.address,
  description: row.description,
  types: row.types,
  department: row.department_id && { id: row.department_id, name: row.department ?? '' },
  paused: row.paused,
  oldSecretUntil: row.old_secret_until && new Date(row.old_secret_until) > now ? instantOf(row.old_secret_until) : null,
  lastSuccessAt: instantOf(row.last_success_at),
  failingSince: instantOf(row.failing_since),
  failures: row.failures,
  waiting: row.waiting,
  kept: row.kept,
  createdAt: new Date(row.created_at).toISOString(),
  version: row.version,
})

/** All that are not removed, by address; or one of them. One query. */
export async function listEndpoints(ctx: Ctx, id: EndpointId | null = null): Promise<Endpoint[]> {
  const rows = await ctx.sql<Facts>(
    `select e.id, e.address, e.description, e.types, e.department_id, d.name as department, e.paused, e.old_secret_until,
            e.last_success_at, e.failing_since, e.created_at, e.version,
            (select count(*)::int from webhook_tries t where t.endpoint_id = e.id and t.word is not null and t.at > $1)
              as failures,
            (select count(*)::int from webhook_messages m where m.endpoint_id = e.id and m.state = 'waiting') as waiting,
            (select count(*)::int from webhook_messages m where m.endpoint_id = e.id and m.state = 'kept') as kept
       from webhook_endpoints e left join departments d on d.id = e.department_id
      where e.removed_at is null and ($2::uuid is null or e.id = $2)
      order by e.address, e.id`,
    [new Date(ctx.now.getTime() - day), id],
  )
  return rows.map(row => endpointOf(row, ctx.now))
}

/** One of them. Throws `not-found`, for a removed one too. */
export async function getEndpoint(ctx: Ctx, id: EndpointId): Promise<Endpoint> {
  const [found] = await listEndpoints(ctx, id)
  if (!found) throw new Problem('not-found')
  return found
}

/** Its row. Throws `not-found`, for a removed one too. */
export async function endpointRow(id: EndpointId): Promise<EndpointRow> {
  const row = await endpoints.findOne({ where: { id, removedAt: null }, raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

/** Those of these types that somebody is told. One query: what an event costs that nobody wants. */
export async function wantedOf(ctx: Ctx, types: readonly EventType[]): Promise<ReadonlySet<EventType>> {
  const rows = await ctx.sql<{ type: EventType }>(
    `select distinct t.type from webhook_endpoints e, unnest(e.types) as t(type)
      where e.removed_at is null and t.type = any($1::text[])`,
    [types],
  )
  return new Set(rows.map(row => row.type))
}

/** Who is told of this type: where it belongs to a course, also those of the departments above it. One query. */
export const subscribersOf = (
  ctx: Ctx,
  type: EventType,
  courseId: string | null,
): Promise<{ id: EndpointId; paused: PauseReason | null }[]> =>
  ctx.sql<{ id: EndpointId; paused: PauseReason | null }>(
    `with recursive up as (
       select c.department_id as id, 0 as step from courses c where c.id = $2::uuid
       union all
       select d.parent_id, up.step + 1 from departments d join up on d.id = up.id where up.step < 16
     )
     select e.id, e.paused from webhook_endpoints e
      where e.removed_at is null and $1 = any(e.types)
        and (e.department_id is null or e.department_id in (select id from up)) order by e.id`,
    [type, courseId],
  )

type Sealed = Pick<EndpointRow, 'sealedSecret' | 'sealedOldSecret' | 'oldSecretUntil'>

/** What a message is signed with now, the newest first; empty when SECRET_KEY is not the one they were sealed under. */
export function secretsOf({ sealedSecret, sealedOldSecret, oldSecretUntil }: Sealed, now: Date): string[] {
  const old = oldSecretUntil !== null && new Date(oldSecretUntil) > now ? sealedOldSecret : null
  return [sealedSecret, old].flatMap(one => (one === null ? [] : (unseal(secretPurpose, one) ?? [])))
}
