// The tables of meetings. Whether a meeting is published, hidden or removed is kept by its item in courses.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { ServerId, ServerKind } from '#protocol/meetings/servers.ts'
import type { MeetingId } from '#protocol/meetings.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface MeetingRow {
  id: MeetingId
  courseId: CourseId
  title: string
  /** Null where a server holds it, in a room of its own. */
  address: string | null
  serverId: ServerId | null
  room: string | null
  note: string
  startsAt: Date | null
  endsAt: Date | null
  version: number
  changedAt: Date
  /** Until when its server is asked who is there, and when it was last. */
  watchedUntil: Date | null
  lookedAt: Date | null
}

export const meetings = table<MeetingRow>('meetings', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  title: { type: DataTypes.TEXT, allowNull: false },
  address: DataTypes.TEXT,
  serverId: DataTypes.UUID,
  room: DataTypes.TEXT,
  note: { type: DataTypes.TEXT, allowNull: false },
  startsAt: DataTypes.DATE,
  endsAt: DataTypes.DATE,
  version: { type: DataTypes.INTEGER, allowNull: false },
  changedAt: { type: DataTypes.DATE, allowNull: false },
  watchedUntil: DataTypes.DATE,
  lookedAt: DataTypes.DATE,
})

/** That somebody came: one row for a person and a meeting, however often they pressed Join. */
export interface VisitRow {
  meetingId: MeetingId
  accountId: AccountId
  firstAt: Date
  lastAt: Date
  presses: number
  /** How long they were seen there, and when last; null where the server does not tell. */
  seconds: number | null
  seenAt: Date | null
}

export const visits = table<VisitRow>('meeting_visits', {
  meetingId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
  firstAt: { type: DataTypes.DATE, allowNull: false },
  lastAt: { type: DataTypes.DATE, allowNull: false },
  presses: { type: DataTypes.INTEGER, allowNull: false },
  seconds: DataTypes.INTEGER,
  seenAt: DataTypes.DATE,
})

/** A server that holds meetings, as an administrator set it up. */
export interface ServerRow {
  id: ServerId
  name: string
  kind: ServerKind
  address: string
  appId: string
  sealedSecret: Buffer
  version: number
  changedAt: Date
  removedAt: Date | null
}

export const servers = table<ServerRow>('meeting_servers', {
  id: { type: DataTypes.UUID, primaryKey: true },
  name: { type: DataTypes.TEXT, allowNull: false },
  kind: { type: DataTypes.TEXT, allowNull: false },
  address: { type: DataTypes.TEXT, allowNull: false },
  appId: { type: DataTypes.TEXT, allowNull: false },
  sealedSecret: { type: DataTypes.BLOB, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  changedAt: { type: DataTypes.DATE, allowNull: false },
  removedAt: DataTypes.DATE,
})
