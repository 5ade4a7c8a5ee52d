// Writes meetings and who came. Rights were asked by the door.
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseId, ItemDetail, ModuleId } from '#protocol/courses.ts'
import type { Meeting, MeetingId, MeetingVisit } from '#protocol/meetings.ts'
import { audit } from '#server/features/audit/index.ts'
import {
  type CourseCopier,
  type CourseDates,
  type CourseReset,
  changeItem,
  courseContext,
  placeItem,
  standingRefs,
} from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { countVisits, detailOf, meetingKind, meetingOf, visitOf } from './queries.ts'
import { demandTime } from './rules.ts'
import { type MeetingRow, meetings, type VisitRow } from './tables.ts'

const record = (ctx: WriteCtx, verb: string, row: MeetingRow, details: object = {}) =>
  audit.record(ctx, {
    ...{ verb, subject: { kind: 'meeting', id: row.id }, context: courseContext(row.courseId) },
    details: { courseId: row.courseId, title: row.title, ...details },
  })

const dateOf = (at: string | null): Date | null => (at === null ? null : new Date(at))

export interface NewMeeting {
  readonly courseId: CourseId
  readonly moduleId: ModuleId | null
  readonly title: string
  readonly address: string
  readonly note: string
  readonly startsAt: string | null
  readonly endsAt: string | null
  readonly published: boolean
}

/** Makes a meeting and places it at the end of a module. Throws `malformed` for a time that can not be. */
export async function createMeeting(ctx: WriteCtx, { moduleId, published, ...given }: NewMeeting): Promise<Meeting> {
  const row: MeetingRow = {
    ...given,
    ...{ id: newId<'Meeting'>(), startsAt: dateOf(given.startsAt), endsAt: dateOf(given.endsAt) },
    ...{ version: 0, changedAt: ctx.now },
  }
  demandTime(row)
  await meetings.create(row)
  await placeItem(ctx, {
    ...{ courseId: row.courseId, moduleId, kind: meetingKind, refId: row.id, title: row.title, published },
    detail: detailOf(row),
  })
  await record(ctx, 'meeting.created', row, { address: row.address })
  return meetingOf(row, 'with address')
}

export interface MeetingChange {
  readonly courseId: CourseId
  readonly meetingId: MeetingId
  readonly version: number
  readonly title?: string | undefined
  readonly address?: string | undefined
  readonly note?: string | undefined
  readonly startsAt?: string | null | undefined
  readonly endsAt?: string | null | undefined
}

/** Changes a meeting that is at the version the writer read, else throws `conflict` with the current one. */
export async function changeMeeting(
  ctx: WriteCtx,
  { courseId, meetingId, version, ...given }: MeetingChange,
): Promise<Meeting> {
  const row = await meetings.findOne({ where: { id: meetingId, courseId }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  demand(row.version === version, 'conflict', { params: { current: meetingOf(row, 'with address') } })
  const next: MeetingRow = {
    ...row,
    title: given.title ?? row.title,
    address: given.address ?? row.address,
    note: given.note ?? row.note,
    startsAt: given.startsAt === undefined ? row.startsAt : dateOf(given.startsAt),
    endsAt: given.endsAt === undefined ? row.endsAt : dateOf(given.endsAt),
    version: version + 1,
    changedAt: ctx.now,
  }
  demandTime(next)
  await meetings.update(next, { where: { id: meetingId } })
  await changeItem(ctx, { kind: meetingKind, refId: meetingId, title: next.title, detail: detailOf(next) })
  const told = ({ title, address, note, startsAt, endsAt }: MeetingRow) => ({ title, address, note, startsAt, endsAt })
  await record(ctx, 'meeting.changed', next, { before: told(row), after: told(next) })
  return meetingOf(next, 'with address')
}

/** Notes that somebody comes, for the first time or again. */
export async function noteVisit(ctx: WriteCtx, meetingId: MeetingId, accountId: AccountId): Promise<MeetingVisit> {
  const [row] = await ctx.sql<VisitRow>(
    `insert into meeting_visits as v (meeting_id, account_id, first_at, last_at, presses) values ($1, $2, $3, $3, 1)
     on conflict (meeting_id, account_id) do update set last_at = excluded.last_at, presses = v.presses + 1
     returning first_at as "firstAt", last_at as "lastAt", presses`,
    [meetingId, accountId, ctx.now],
  )
  if (!row) throw new Error('a visit that was written is not there')
  return visitOf(row)
}

/** How meetings come along into a copy of a course: with their times moved and nobody's visits. */
export const meetingsCopier: CourseCopier = {
  dates: async (ctx, from) => {
    const rows = await meetings.findAll({ where: { id: await standingRefs(ctx, from, meetingKind) }, raw: true })
    return rows.flatMap(({ title, startsAt }) => (startsAt ? [{ title, what: 'starts' as const, at: startsAt }] : []))
  },
  make: async (ctx, { from, to, ids, lines, move }) => {
    const rows = await meetings.findAll({ where: { id: await standingRefs(ctx, from, meetingKind) }, raw: true })
    await meetings.bulkCreate(
      rows.map(row => {
        const copy: MeetingRow = {
          ...row,
          ...movedTime(row, move),
          ...{ id: newId<'Meeting'>(), courseId: to, version: 0, changedAt: ctx.now },
        }
        ids.set(row.id, copy.id)
        lines.set(row.id, { badge: null, detail: detailOf(copy) })
        return copy
      }),
    )
  },
}

/** Moved by its beginning: it lasts as long as it did. */
function movedTime({ startsAt, endsAt }: MeetingRow, to: (at: Date) => Date) {
  if (!startsAt || !endsAt) return { startsAt, endsAt }
  const moved = to(startsAt)
  return { startsAt: moved, endsAt: new Date(moved.getTime() + endsAt.getTime() - startsAt.getTime()) }
}

/** Moves the times of many meetings at once. */
export const meetingDates: CourseDates = {
  move: async (ctx, { items }, to) => {
    const placed = new Map(items.filter(one => one.kind === meetingKind).map(one => [one.refId, one.id]))
    const rows = await meetings.findAll({
      where: { id: [...placed.keys()] },
      order: [['id', 'asc']],
      lock: true,
      raw: true,
    })
    const [moved, details] = [[] as string[], new Map<string, ItemDetail>()]
    for (const row of rows) {
      const itemId = placed.get(row.id)
      if (itemId === undefined || row.startsAt === null) continue
      const next = { ...row, ...movedTime(row, to), version: row.version + 1, changedAt: ctx.now }
      await meetings.update(next, { where: { id: row.id } })
      moved.push(itemId)
      details.set(itemId, detailOf(next))
    }
    return { moved, left: [], details }
  },
}

/** Who came goes with the other marks of a course that begins anew. */
export const visitsReset: CourseReset = {
  count: countVisits,
  clear: async (ctx, courseId) => {
    await ctx.sql('delete from meeting_visits v using meetings m where m.id = v.meeting_id and m.course_id = $1', [
      courseId,
    ])
  },
}

/** Takes out where somebody came. */
export async function eraseVisits(ctx: WriteCtx, accountId: AccountId): Promise<void> {
  await ctx.sql('delete from meeting_visits where account_id = $1', [accountId])
}

/** Both were the same person: who stays came as often as both. */
export async function mergeVisits(ctx: WriteCtx, from: AccountId, into: AccountId): Promise<void> {
  await ctx.sql(
    `with told as (delete from meeting_visits where account_id = $1 returning *)
     insert into meeting_visits as v (meeting_id, account_id, first_at, last_at, presses)
     select meeting_id, $2, first_at, last_at, presses from told
     on conflict (meeting_id, account_id) do update set first_at = least(v.first_at, excluded.first_at),
       last_at = greatest(v.last_at, excluded.last_at), presses = v.presses + excluded.presses`,
    [from, into],
  )
}
