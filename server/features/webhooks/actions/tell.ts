// Writes down what is to be told outward: a message for each endpoint that asks for its type, in the transaction of the
// listener that heard it. It tells nothing itself and asks no rights.

import * as z from 'zod/mini'
import type { DataOf, EventType } from '#protocol/webhooks/events.ts'
import { eventData } from '#protocol/webhooks/events.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { subscribersOf } from '../queries/endpoints.ts'
import { bodyOf } from '../rules.ts'
import { moved } from './moved.ts'

export interface Telling<T extends EventType> {
  /** The same for the same thing: told once an endpoint. */
  readonly source: string
  readonly at: Date
  readonly data: DataOf<T>
}

/**
 * Tells some of one type, of one course or (null) of the school. Two statements whatever their number and that of the
 * endpoints. What comes while an endpoint is paused is kept.
 */
export async function tell<T extends EventType>(
  ctx: WriteCtx,
  type: T,
  courseId: string | null,
  told: readonly Telling<T>[],
): Promise<void> {
  if (told.length === 0) return
  const to = await subscribersOf(ctx, type, courseId)
  if (to.length === 0) return
  // What the schema of the type does not name never leaves.
  const bodies = told.map(one => ({ ...one, body: bodyOf(type, one.at, z.parse(eventData[type], one.data) as object) }))
  const rows = to.flatMap(({ id, paused }) =>
    bodies.map(({ source, body }) => ({
      id: newId(),
      endpointId: id,
      source,
      body,
      state: paused === null ? 'waiting' : 'kept',
    })),
  )
  await ctx.sql(
    `insert into webhook_messages (id, endpoint_id, source, type, body, state, next_at, created_at)
     select id, endpoint_id, source, $6, body, state, case when state = 'waiting' then $7::timestamptz end, $7
       from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[]) as m(id, endpoint_id, source, body, state)
     on conflict (endpoint_id, source) do nothing`,
    [
      rows.map(row => row.id),
      rows.map(row => row.endpointId),
      rows.map(row => row.source),
      rows.map(row => row.body),
      rows.map(row => row.state),
      type,
      ctx.now,
    ],
  )
  moved(ctx, to.some(one => one.paused === null) ? 'due' : 'not due')
}
