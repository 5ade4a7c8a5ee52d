// The tables of meetings. Whether a meeting is published, hidden or removed is kept by its item in courses.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { MeetingId } from '#protocol/meetings.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface MeetingRow {
  id: MeetingId
  courseId: CourseId
  title: string
  address: string
  note: string
  startsAt: Date | null
  endsAt: Date | null
  version: number
  changedAt: Date
}

export const meetings = table<MeetingRow>('meetings', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  title: { type: DataTypes.TEXT, allowNull: false },
  address: { type: DataTypes.TEXT, allowNull: false },
  note: { type: DataTypes.TEXT, allowNull: false },
  startsAt: DataTypes.DATE,
  endsAt: DataTypes.DATE,
  version: { type: DataTypes.INTEGER, allowNull: false },
  changedAt: { type: DataTypes.DATE, allowNull: false },
})

/** That somebody came: one row for a person and a meeting, however often they pressed Join. */
export interface VisitRow {
  meetingId: MeetingId
  accountId: AccountId
  firstAt: Date
  lastAt: Date
  presses: number
}

export const visits = table<VisitRow>('meeting_visits', {
  meetingId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
  firstAt: { type: DataTypes.DATE, allowNull: false },
  lastAt: { type: DataTypes.DATE, allowNull: false },
  presses: { type: DataTypes.INTEGER, allowNull: false },
})
