// Asks owners to mend what is theirs: one request, one notification a person. Rights were asked by the door.

import type { FindingsRequestId } from '#protocol/accessibility.ts'
import { audit } from '#server/features/audit/index.ts'
import { tellAll } from '#server/features/notifications/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { type Meant, planFor } from '../queries/owners.ts'
import { requests } from '../tables.ts'

/** Tells each owner once. Answers how many people and things; nobody is no error. Throws `too-many`. */
export async function askOwners(
  ctx: WriteCtx,
  { note, ...meant }: Meant & { readonly note: string },
): Promise<{ people: number; things: number }> {
  // One after the other: two who ask at once do not tell anybody twice.
  await ctx.sql("select pg_advisory_xact_lock(hashtext('findings.ask'))")
  const plan = await planFor(ctx, meant)
  const due = plan.due.filter(one => meant.again || !one.recent)
  const people = [...new Set(due.map(one => one.accountId))]
  const things = new Set(due.map(one => one.thing.refId)).size
  if (people.length === 0) return { people: 0, things: 0 }
  const id = newId<'FindingsRequest'>() as FindingsRequestId
  await requests.create({ id, byAccount: actorOf(ctx.who), note, at: ctx.now })
  await ctx.sql(
    `insert into findings_requested (request_id, account_id, course_id, kind, ref_id, at)
     select $1, account_id, course_id, kind, ref_id, $6
       from unnest($2::uuid[], $3::uuid[], $4::text[], $5::uuid[]) as d(account_id, course_id, kind, ref_id)`,
    [
      id,
      due.map(one => one.accountId),
      due.map(one => one.thing.courseId),
      due.map(one => one.thing.kind),
      due.map(one => one.thing.refId),
      ctx.now,
    ],
  )
  const about = { kind: 'findings', source: `findings ${id}`, refId: id, courseId: null, messageId: null } as const
  await tellAll(ctx, people, about)
  await audit.record(ctx, {
    verb: 'findings-request.sent',
    subject: { kind: 'findings-request', id },
    details: { people: people.length, things, rule: meant.rule ?? null },
  })
  return { people: people.length, things }
}
