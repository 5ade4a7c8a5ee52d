// Tells people, by jobs; one source reaches a person once, whatever runs twice. It bears the moment of what happened, and
// rings only while that is news. What was written without a name is told without its moment.
import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { type AccountId, accountId, instant } from '#protocol/base/ids.ts'
import type { GradeItemId } from '#protocol/grades.ts'
import { notificationKind, notificationsScope } from '#protocol/notifications.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { toMinute } from '#server/platform/events/event.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { listUntold } from '../queries/people.ts'
import { counts, isNews, peopleAJob, peopleATurn } from '../rules.ts'
import { planMail } from './mail.ts'
import { lockedState } from './state.ts'

const notice = z.object({
  kind: notificationKind,
  /** The same for the same happening: a person hears of it once. */
  source: z.string(),
  /** What unread ones are grouped by. */
  refId: z.uuid(),
  courseId: z.nullable(z.uuid()),
  messageId: z.nullable(z.uuid()),
  /** When it happened; absent: as it is told. */
  at: z.optional(instant),
  /** Written without a name: then it says no moment but the minute. */
  unsigned: z.optional(z.boolean()),
})
export type Notice = z.infer<typeof notice>

const tellData = z.object({ accountIds: z.array(accountId), notice })

/** Writes how many are unread and tells the person's devices. */
export async function announceUnread(ctx: WriteCtx, person: AccountId, unread: number): Promise<void> {
  await ctx.sql('update notification_states set unread = $2 where account_id = $1', [person, unread])
  ctx.announce(notificationsScope, person, { kind: 'notificationsChanged', body: { unread } })
}

/** Tells one person, unless they have silenced it, were told, or are no member. */
export async function tellOne(ctx: WriteCtx, person: AccountId, { source, ...notice }: Notice): Promise<void> {
  const fresh = await ctx.sql(
    `insert into notification_sources (account_id, source, at)
     select id, $2, $3 from accounts
     where id = $1 and kind = 'member' and erased_at is null and suspended_at is null
     on conflict do nothing returning 1 as told`,
    [person, source, ctx.now],
  )
  if (fresh.length === 0) return
  const state = await lockedState(ctx, person)
  if (state.silenced.includes(notice.kind)) return
  const happened = notice.at ? new Date(notice.at) : ctx.now
  const at = notice.unsigned ? toMinute(happened) : happened
  const news = isNews(happened, ctx.now)
  const write = news ? writeNews : writeLate
  await announceUnread(ctx, person, state.unread + (await write(ctx, person, { ...notice, at })))
  if (news) await planMail(ctx, person)
}

/** Takes back results that were told and not read: what is held back again is news again when it is released. */
export async function takeResultsBack(
  ctx: WriteCtx,
  person: AccountId,
  gradeItemIds: readonly GradeItemId[],
): Promise<void> {
  if (gradeItemIds.length === 0) return
  const state = await lockedState(ctx, person)
  const gone = await ctx.sql(
    `delete from notifications where account_id = $1 and kind = 'result' and ref_id = any($2::uuid[]) and read_at is null
     returning id`,
    [person, [...gradeItemIds]],
  )
  if (gone.length === 0) return
  await ctx.sql(
    `delete from notification_sources s using unnest($2::text[]) as column_id
      where s.account_id = $1 and s.source like 'result ' || column_id || ' %'`,
    [person, [...gradeItemIds]],
  )
  await announceUnread(ctx, person, Math.max(0, state.unread - gone.length))
}

type Told = Omit<Notice, 'source' | 'at'> & { readonly at: Date }

/** Into the unread one of its kind there, or a new one; how many more are unread now. */
async function writeNews(ctx: WriteCtx, person: AccountId, { kind, refId, ...rest }: Told): Promise<number> {
  const [row] = await ctx.sql<{ made: boolean }>(
    `insert into notifications (id, account_id, kind, ref_id, course_id, message_id, at, place)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (account_id, kind, ref_id) where read_at is null do update set
       count = notifications.count + $9, message_id = excluded.message_id, at = excluded.at, place = excluded.place
     returning xmax = 0 as made`,
    // An id that is in order would say when it was made. `place` is what the release before pages by.
    [randomUUID(), person, kind, refId, rest.courseId, rest.messageId, rest.at, newId(), counts(kind) ? 1 : 0],
  )
  return row?.made ? 1 : 0
}

/** Into the latest one of its kind there that is read, or a new one that is. */
async function writeLate(ctx: WriteCtx, person: AccountId, { kind, refId, ...rest }: Told): Promise<number> {
  await ctx.sql(
    `with known as (
       update notifications set count = count + $9, message_id = $6, at = greatest(at, $7)
        where id = (select id from notifications where account_id = $2 and kind = $3 and ref_id = $4
                      and read_at is not null order by at desc limit 1)
       returning id
     )
     insert into notifications (id, account_id, kind, ref_id, course_id, message_id, at, place, read_at)
     select $1, $2, $3, $4, $5::uuid, $6::uuid, $7, $8, $10 where not exists (select from known)`,
    [
      ...[randomUUID(), person, kind, refId, rest.courseId, rest.messageId, rest.at, newId()],
      ...[counts(kind) ? 1 : 0, ctx.now],
    ],
  )
  return 0
}

/** Tells many: a class in one job, which goes on in turns. */
export async function tellAll(ctx: WriteCtx, people: readonly AccountId[], one: Notice): Promise<void> {
  for (let at = 0; at < people.length; at += peopleAJob)
    await ctx.enqueue(tellJob, { accountIds: people.slice(at, at + peopleAJob), notice: one })
}

export const tellJob = {
  name: 'notifications.tell',
  run: async (ctx: WriteCtx, data: unknown): Promise<'again' | 'done'> => {
    const given = z.parse(tellData, data)
    const people = await listUntold(ctx, given.accountIds, { source: given.notice.source, most: peopleATurn })
    for (const person of people) await tellOne(ctx, person, given.notice)
    return people.length < peopleATurn ? 'done' : 'again'
  },
} satisfies JobBinding
