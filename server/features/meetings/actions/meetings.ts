// Writes meetings and who came. Rights were asked by the door.
import { randomBytes } from 'node:crypto'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseId, ItemDetail, ModuleId } from '#protocol/courses.ts'
import type { ServerId } from '#protocol/meetings/servers.ts'
import type { Meeting, MeetingId } from '#protocol/meetings.ts'
import { audit } from '#server/features/audit/index.ts'
import { type CourseDates, changeItem, courseContext, placeItem } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { detailOf, meetingKind, meetingOf } from '../queries/meetings.ts'
import { serverOf } from '../queries/servers.ts'
import { demandTime } from '../rules/time.ts'
import { type MeetingRow, meetings, type ServerRow, servers } from '../tables.ts'

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
  readonly address: string | null
  readonly serverId: ServerId | null
  readonly note: string
  readonly startsAt: string | null
  readonly endsAt: string | null
  readonly published: boolean
}

/** A name for a room that nobody can guess: 128 random bits, small letters and figures alone. */
export const newRoom = () => randomBytes(16).toString('hex')

/** Where a meeting is: at an address or on a server. Throws `malformed` at `address` for both or none, and at `serverId`. */
async function demandSomewhere({
  address,
  serverId,
}: Pick<MeetingRow, 'address' | 'serverId'>): Promise<ServerRow | null> {
  demand((address === null) !== (serverId === null), 'malformed', { errors: [{ path: 'address', code: 'invalid' }] })
  if (serverId === null) return null
  const server = await servers.findOne({ where: { id: serverId, removedAt: null }, lock: true, raw: true })
  demand(server !== null, 'malformed', { errors: [{ path: 'serverId', code: 'invalid' }] })
  return server
}

/**
 * Makes a meeting and places it at the end of a module. Throws `not-found`, `malformed` for a time or a server that can
 * not be.
 */
export async function createMeeting(ctx: WriteCtx, { moduleId, published, ...given }: NewMeeting): Promise<Meeting> {
  const row: MeetingRow = {
    ...given,
    ...{ id: newId<'Meeting'>(), startsAt: dateOf(given.startsAt), endsAt: dateOf(given.endsAt) },
    ...{ room: given.serverId === null ? null : newRoom(), version: 0, changedAt: ctx.now },
    ...{ watchedUntil: null, lookedAt: null },
  }
  demandTime(row)
  const server = await demandSomewhere(row)
  await meetings.create(row)
  await placeItem(ctx, {
    ...{ courseId: row.courseId, moduleId, kind: meetingKind, refId: row.id, title: row.title, published },
    detail: detailOf(row),
  })
  await record(ctx, 'meeting.created', row, { address: row.address, server: server?.name ?? null })
  return meetingOf(row, server, 'with address')
}

export interface MeetingChange {
  readonly courseId: CourseId
  readonly meetingId: MeetingId
  readonly version: number
  readonly title?: string | undefined
  readonly address?: string | null | undefined
  readonly serverId?: ServerId | null | undefined
  readonly note?: string | undefined
  readonly startsAt?: string | null | undefined
  readonly endsAt?: string | null | undefined
}

/**
 * Changes a meeting that is at the version the writer read, else throws `conflict` with the current one. Throws
 * `not-found` and `malformed`.
 */
export async function changeMeeting(
  ctx: WriteCtx,
  { courseId, meetingId, version, ...given }: MeetingChange,
): Promise<Meeting> {
  const row = await meetings.findOne({ where: { id: meetingId, courseId }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  const before = await serverOf(row)
  demand(row.version === version, 'conflict', { params: { current: meetingOf(row, before, 'with address') } })
  const next: MeetingRow = {
    ...row,
    title: given.title ?? row.title,
    address: given.address === undefined ? row.address : given.address,
    serverId: given.serverId === undefined ? row.serverId : given.serverId,
    note: given.note ?? row.note,
    startsAt: given.startsAt === undefined ? row.startsAt : dateOf(given.startsAt),
    endsAt: given.endsAt === undefined ? row.endsAt : dateOf(given.endsAt),
    version: version + 1,
    changedAt: ctx.now,
  }
  demandTime(next)
  const moved = next.serverId !== row.serverId
  const server = moved || next.address !== row.address ? await demandSomewhere(next) : before
  if (moved) Object.assign(next, { room: server ? newRoom() : null, watchedUntil: null, lookedAt: null })
  await meetings.update(next, { where: { id: meetingId } })
  await changeItem(ctx, { kind: meetingKind, refId: meetingId, title: next.title, detail: detailOf(next) })
  const told = ({ title, address, note, startsAt, endsAt }: MeetingRow, at: ServerRow | null) => ({
    ...{ title, address, server: at?.name ?? null, note, startsAt, endsAt },
  })
  await record(ctx, 'meeting.changed', next, { before: told(row, before), after: told(next, server) })
  return meetingOf(next, server, 'with address')
}

/** Where its time comes to lie: moved by its beginning, it lasts as long as it did. */
export function movedTime({ startsAt, endsAt }: Pick<MeetingRow, 'startsAt' | 'endsAt'>, to: (at: Date) => Date) {
  if (!startsAt || !endsAt) return { startsAt, endsAt }
  const moved = to(startsAt)
  return { startsAt: moved, endsAt: new Date(moved.getTime() + endsAt.getTime() - startsAt.getTime()) }
}

/** Moves the times of many meetings at once. */
export const meetingDates: CourseDates = {
  move: async (ctx, { items }, to) => {
    const placed = new Map(items.filter(one => one.kind === meetingKind).map(one => [one.refId, one.id]))
    if (placed.size === 0) return { moved: [], left: [] }
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
