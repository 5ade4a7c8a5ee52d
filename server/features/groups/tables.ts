// Group sets, groups and who is in them as models. A section is a group without a set. Only this feature's actions write them.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { GroupId, GroupSetId, SignUp } from '#protocol/groups.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface GroupSetRow {
  id: GroupSetId
  courseId: CourseId
  name: string
  signUp: SignUp
  most: number | null
  withinSections: boolean
  version: number
  removedAt: Date | null
  removedBy: AccountId | null
}

export const groupSets = table<GroupSetRow>('group_sets', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  name: { type: DataTypes.TEXT, allowNull: false },
  signUp: { type: DataTypes.TEXT, allowNull: false },
  most: DataTypes.INTEGER,
  withinSections: { type: DataTypes.BOOLEAN, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  removedAt: DataTypes.DATE,
  removedBy: DataTypes.UUID,
})

export interface GroupRow {
  id: GroupId
  courseId: CourseId
  setId: GroupSetId | null
  name: string
  /** Grows with each change of who is in it. */
  changes: number
  version: number
  removedAt: Date | null
  removedBy: AccountId | null
}

export const groups = table<GroupRow>('groups', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  setId: DataTypes.UUID,
  name: { type: DataTypes.TEXT, allowNull: false },
  changes: { type: DataTypes.INTEGER, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  removedAt: DataTypes.DATE,
  removedBy: DataTypes.UUID,
})

export interface GroupMemberRow {
  groupId: GroupId
  accountId: AccountId
  /** The set of its group, so that nobody is in two groups of one; null in a section, and while the group is removed. */
  setId: GroupSetId | null
  leads: boolean
  at: Date
}

export const groupMembers = table<GroupMemberRow>('group_members', {
  groupId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
  setId: DataTypes.UUID,
  leads: { type: DataTypes.BOOLEAN, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
})
