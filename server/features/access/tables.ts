// The tree of contexts and the roles held in it, as models. Only this feature's actions write them.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Role } from '#protocol/base/roles.ts'
import { table } from '#server/platform/db/sequelize.ts'
import type { ContextKind, Phase } from './rules.ts'

export interface ContextRow {
  kind: ContextKind
  id: string
  parentKind: ContextKind | null
  parentId: string | null
  phase: Phase
}

export const contexts = table<ContextRow>('contexts', {
  kind: { type: DataTypes.TEXT, primaryKey: true },
  id: { type: DataTypes.UUID, primaryKey: true },
  parentKind: { type: DataTypes.TEXT, allowNull: true },
  parentId: { type: DataTypes.UUID, allowNull: true },
  phase: { type: DataTypes.TEXT, allowNull: false },
})

export interface RoleAssignmentRow {
  accountId: AccountId
  contextKind: ContextKind
  contextId: string
  role: Role
  assignedAt: Date
}

export const roleAssignments = table<RoleAssignmentRow>('role_assignments', {
  accountId: { type: DataTypes.UUID, primaryKey: true },
  contextKind: { type: DataTypes.TEXT, primaryKey: true },
  contextId: { type: DataTypes.UUID, primaryKey: true },
  role: { type: DataTypes.TEXT, allowNull: false },
  assignedAt: { type: DataTypes.DATE, allowNull: false },
})
