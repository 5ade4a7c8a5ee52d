// The tables of the calendar as models: events, and the addresses it is read under. Only this feature's actions write them.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { EventId, EventKind, FeedId } from '#protocol/calendar.ts'
import type { CourseId } from '#protocol/courses.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface EventRow {
  id: EventId
  courseId: CourseId | null
  accountId: AccountId | null
  kind: EventKind
  title: string
  place: string
  note: string
  allDay: boolean
  startsAt: Date
  endsAt: Date
  timeZone: string
  /** YYYY-MM-DD. */
  weeklyUntil: string | null
  /** When the last of its times is over. */
  overAt: Date
  cancelled: number[]
  version: number
  createdAt: Date
  removedAt: Date | null
  removedBy: AccountId | null
}

export const calendarEvents = table<EventRow>('calendar_events', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: DataTypes.UUID,
  accountId: DataTypes.UUID,
  kind: { type: DataTypes.TEXT, allowNull: false },
  title: { type: DataTypes.TEXT, allowNull: false },
  place: { type: DataTypes.TEXT, allowNull: false },
  note: { type: DataTypes.TEXT, allowNull: false },
  allDay: { type: DataTypes.BOOLEAN, allowNull: false },
  startsAt: { type: DataTypes.DATE, allowNull: false },
  endsAt: { type: DataTypes.DATE, allowNull: false },
  timeZone: { type: DataTypes.TEXT, allowNull: false },
  weeklyUntil: DataTypes.TEXT,
  overAt: { type: DataTypes.DATE, allowNull: false },
  cancelled: { type: DataTypes.ARRAY(DataTypes.INTEGER), allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  createdAt: { type: DataTypes.DATE, allowNull: false },
  removedAt: DataTypes.DATE,
  removedBy: DataTypes.UUID,
})

export interface FeedRow {
  id: FeedId
  accountId: AccountId
  courseId: CourseId | null
  tokenHash: Buffer
  createdAt: Date
  fetchedAt: Date | null
}

export const calendarFeeds = table<FeedRow>('calendar_feeds', {
  id: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, allowNull: false },
  courseId: DataTypes.UUID,
  tokenHash: { type: DataTypes.BLOB, allowNull: false },
  createdAt: { type: DataTypes.DATE, allowNull: false },
  fetchedAt: DataTypes.DATE,
})
