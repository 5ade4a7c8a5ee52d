// Meetings as a part of their course: with their times moved, in rooms of their own, and nobody's visits.
import * as z from 'zod/mini'
import { instant, line, text } from '#protocol/base/ids.ts'
import { serverId } from '#protocol/meetings/servers.ts'
import { meetingAddress, meetingId } from '#protocol/meetings.ts'
import { type CoursePart, standingRefs } from '#server/features/courses/index.ts'
import { detailOf, meetingKind } from '../queries/meetings.ts'
import { timeFits } from '../rules/time.ts'
import { type MeetingRow, meetings, servers } from '../tables.ts'
import { movedTime, newRoom } from './meetings.ts'

const shape = z.array(
  z
    .strictObject({
      id: meetingId,
      title: line(200),
      address: z.nullable(meetingAddress),
      serverId: z.nullable(serverId),
      note: text(2_000),
      startsAt: z.nullable(instant),
      endsAt: z.nullable(instant),
    })
    .check(
      z.refine(({ address, serverId: server }) => (address === null) !== (server === null)),
      z.refine(({ startsAt, endsAt }) => timeFits({ startsAt: dateOf(startsAt), endsAt: dateOf(endsAt) })),
    ),
)

function dateOf(at: string | null): Date | null {
  return at === null ? null : new Date(at)
}

/** What a server of another school holds stays behind: there is no such room here. */
export const meetingsPart: CoursePart<z.infer<typeof shape>> = {
  shape,
  take: async (ctx, courseId) => {
    const id = await standingRefs(ctx, courseId, meetingKind)
    const rows = await meetings.findAll({ where: { id }, order: [['id', 'asc']], raw: true })
    return rows.map(row => ({
      ...{ id: row.id, title: row.title, address: row.address, serverId: row.serverId, note: row.note },
      ...{ startsAt: row.startsAt?.toISOString() ?? null, endsAt: row.endsAt?.toISOString() ?? null },
    }))
  },
  count: part => ({ meetings: part.length }),
  dates: part =>
    part.flatMap(({ title, startsAt }) =>
      startsAt ? [{ title, what: 'starts' as const, at: new Date(startsAt) }] : [],
    ),
  undated: part => part.map(one => ({ ...one, startsAt: null, endsAt: null })),
  lines: part => part.map(({ id }) => ({ kind: meetingKind, refId: id })),
  make: async (ctx, { to: courseId, name, show, move }, part) => {
    const wanted = part.flatMap(one => one.serverId ?? [])
    const there = await servers.findAll({ where: { id: wanted, removedAt: null }, attributes: ['id'], raw: true })
    const known = new Set(there.map(server => server.id))
    await meetings.bulkCreate(
      part
        .filter(one => one.serverId === null || known.has(one.serverId))
        .map(({ id, startsAt, endsAt, ...words }) => {
          const row: MeetingRow = {
            ...words,
            ...movedTime({ startsAt: dateOf(startsAt), endsAt: dateOf(endsAt) }, move),
            ...{ id: name('meeting', id), courseId, version: 0, changedAt: ctx.now },
            ...{ room: words.serverId === null ? null : newRoom(), watchedUntil: null, lookedAt: null },
          }
          show(meetingKind, id, { refId: row.id, badge: null, detail: detailOf(row) })
          return row
        }),
    )
  },
}
