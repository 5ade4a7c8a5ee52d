// A person's notifications as they may be shown now: rights are asked here, each time. What may no longer be seen, or
// is gone, is left out. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import type { MailRhythm, Notification, NotificationId, NotificationKind } from '#protocol/notifications.ts'
import { may } from '#server/features/access/index.ts'
import { assignmentKind } from '#server/features/assignments/index.ts'
import { type ReadableMessage, readableMessages } from '#server/features/channels/index.ts'
import { shutFor } from '#server/features/conditions/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { heldFor } from '#server/features/grades/index.ts'
import { homeworkKind } from '#server/features/quizzes/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readMomentKeyset, writeMomentKeyset } from '#server/platform/db/keyset.ts'
import { aboutRegistered, type NoticeAbout } from './registered.ts'

interface Row {
  id: NotificationId
  kind: NotificationKind
  ref_id: string
  course_id: string | null
  message_id: string | null
  count: number
  at: Date
  read_at: Date | null
}

/** Homework or an assignment. */
interface Given {
  readonly kind: string
  readonly title: string
}

/** What rows are about, as far as the person may see it: titles by id. */
interface Seen {
  readonly courses: ReadonlyMap<string, string>
  readonly homework: ReadonlyMap<string, Given>
  readonly grades: ReadonlyMap<string, string>
  readonly messages: ReadonlyMap<string, ReadableMessage>
  readonly registered: ReadonlyMap<string, NoticeAbout>
}

const titles = (rows: readonly { id: string; title: string }[]): Map<string, string> =>
  new Map(rows.map(row => [row.id, row.title]))

async function coursesSeen(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await ctx.sql<{ id: string; title: string }>(
    'select id, title from courses where id = any($1::uuid[]) and removed_at is null',
    [ids],
  )
  const seen = titles(rows)
  for (const { id } of rows) if (!(await may(ctx, 'course.view', courseContext(id)))) seen.delete(id)
  return seen
}

async function gradesSeen(ctx: Ctx, accountId: AccountId, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await ctx.sql<{ id: Parameters<typeof heldFor>[2][number]; title: string }>(
    `select i.id, i.title from grade_items i join grades g on g.grade_item_id = i.id and g.account_id = $2
     where i.id = any($1::uuid[])`,
    [ids, accountId],
  )
  const held = await heldFor(
    ctx,
    accountId,
    rows.map(row => row.id),
  )
  return titles(rows.filter(row => !held.has(row.id)))
}

async function homeworkSeen(ctx: Ctx, accountId: AccountId, ids: readonly string[]): Promise<Map<string, Given>> {
  const rows = await ctx.sql<Given & { id: string; course_id: string }>(
    `select i.ref_id as id, i.kind, i.title, i.course_id from items i left join modules m on m.id = i.module_id
     where i.kind = any($2::text[]) and i.ref_id = any($1::uuid[]) and i.published and i.removed_at is null
       and m.removed_at is null`,
    [ids, [homeworkKind, assignmentKind]],
  )
  const shut = await shutFor(
    ctx,
    rows.map(row => row.course_id),
    [accountId],
  )
  const known = rows.filter(row => shut(accountId, { kind: row.kind, refId: row.id }) !== 'hidden')
  return new Map(known.map(row => [row.id, row]))
}

async function seenOf(ctx: Ctx, accountId: AccountId, rows: readonly Row[]): Promise<Seen> {
  const refs = (...kinds: NotificationKind[]) => rows.filter(row => kinds.includes(row.kind)).map(row => row.ref_id)
  return {
    courses: await coursesSeen(ctx, [...new Set(rows.flatMap(row => row.course_id ?? []))]),
    homework: await homeworkSeen(ctx, accountId, refs('homework', 'due')),
    grades: await gradesSeen(ctx, accountId, refs('result')),
    messages: await readableMessages(
      ctx,
      accountId,
      rows.flatMap(row => row.message_id ?? []),
    ),
    registered: await aboutRegistered(
      ctx,
      accountId,
      rows.map(row => ({ kind: row.kind, refId: row.ref_id })),
    ),
  }
}

function aboutMessage(one: ReadableMessage): NoticeAbout {
  const { topic, place, number, channelId } = one
  if (topic)
    return {
      name: one.authorName,
      title: topic.title,
      place: { at: 'topic', topicId: topic.id, messageId: one.id, number },
    }
  const form = place.form === 'forum' ? 'chat' : place.form
  const runId = place.contextKind === 'run' ? place.contextId : null
  return {
    name: one.authorName,
    title: form === 'announcements' ? one.words : place.title,
    place: { at: 'channel', channelId, form, runId, number },
  }
}

function aboutOf(row: Row, seen: Seen): NoticeAbout | undefined {
  if (row.message_id !== null) {
    const one = seen.messages.get(row.message_id)
    return one && aboutMessage(one)
  }
  const registered = seen.registered.get(`${row.kind} ${row.ref_id}`)
  if (registered) return registered
  const of = (from: ReadonlyMap<string, string>, place: Notification['place']): NoticeAbout | undefined => {
    const title = from.get(row.ref_id)
    return title === undefined ? undefined : { name: null, title, place }
  }
  if (row.kind === 'export') return { name: null, title: '', place: { at: 'data' } }
  if (row.kind === 'erasure') return { name: null, title: '', place: { at: 'erasures' } }
  if (row.kind === 'enrolled') return of(seen.courses, { at: 'course' })
  if (row.kind === 'result') return of(seen.grades, { at: 'grade', gradeItemId: row.ref_id })
  const given = seen.homework.get(row.ref_id)
  if (!given) return undefined
  const { kind, title } = given
  return kind === assignmentKind
    ? { name: null, title, place: { at: 'assignment', assignmentId: row.ref_id } }
    : { name: null, title, place: { at: 'homework', deliveryId: row.ref_id } }
}

function shownOf(row: Row, seen: Seen): Notification | undefined {
  const title = row.course_id === null ? undefined : seen.courses.get(row.course_id)
  // A guest of a class talks in it without seeing its course: then the talk alone decides.
  if (row.course_id !== null && title === undefined && row.message_id === null) return undefined
  const about = aboutOf(row, seen)
  return (
    about && {
      id: row.id,
      kind: row.kind,
      count: row.count,
      at: new Date(row.at).toISOString(),
      readAt: row.read_at && new Date(row.read_at).toISOString(),
      course: row.course_id === null || title === undefined ? null : { id: row.course_id, title },
      ...about,
    }
  )
}

/** A page, the latest first. Throws `malformed` for a cursor that is none. */
export async function listNotifications(
  ctx: Ctx,
  accountId: AccountId,
  input: { readonly show: 'all' | 'unread'; readonly after?: string | undefined; readonly limit: number },
): Promise<Page<Notification>> {
  const after = readMomentKeyset(input.after)
  const rows = await ctx.sql<Row>(
    `select id, kind, ref_id, course_id, message_id, count, at, read_at from notifications
     where account_id = $1 and ($2 or read_at is null)
       and ($3::timestamptz is null or (at, id) < ($3::timestamptz, $4::uuid))
     order by at desc, id desc limit $5`,
    [accountId, input.show === 'all', after?.at ?? null, after?.id ?? null, input.limit + 1],
  )
  const page = rows.slice(0, input.limit)
  const seen = await seenOf(ctx, accountId, page)
  const last = page.at(-1)
  return {
    items: page.flatMap(row => shownOf(row, seen) ?? []),
    ...(rows.length > input.limit && last ? { next: writeMomentKeyset(new Date(last.at), last.id) } : {}),
  }
}

/** How many one person has not read. */
export async function unreadState(ctx: Ctx, accountId: string): Promise<{ unread: number }> {
  const [row] = await ctx.sql<{ unread: number }>('select unread from notification_states where account_id = $1', [
    accountId,
  ])
  return { unread: row?.unread ?? 0 }
}

/** The kinds a person has silenced. */
export async function silencedBy(ctx: Ctx, accountId: AccountId): Promise<NotificationKind[]> {
  const [row] = await ctx.sql<{ silenced: NotificationKind[] }>(
    'select silenced from notification_states where account_id = $1',
    [accountId],
  )
  return row?.silenced ?? []
}

/** How often somebody gets theirs by mail. */
export async function rhythmOf(ctx: Ctx, accountId: AccountId): Promise<MailRhythm> {
  const [row] = await ctx.sql<{ mail: MailRhythm }>('select mail from notification_states where account_id = $1', [
    accountId,
  ])
  return row?.mail ?? 'off'
}
