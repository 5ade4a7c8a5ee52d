// The tree of contexts, the roles held in it, and what its places say about them, as models. Only this feature's actions write them.
import { DataTypes } from 'sequelize'
import type { BuiltInRoleKey, CustomRoleId, RoleKey } from '#protocol/access.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Capability, Role } from '#protocol/base/roles.ts'
import { table } from '#server/platform/db/sequelize.ts'
import type { ContextKind, Permission, Phase } from './rules.ts'

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
  /** The role made here that they are in with; `role` says what it is based on. */
  custom: CustomRoleId | null
  assignedAt: Date
}

export const roleAssignments = table<RoleAssignmentRow>('role_assignments', {
  accountId: { type: DataTypes.UUID, primaryKey: true },
  contextKind: { type: DataTypes.TEXT, primaryKey: true },
  contextId: { type: DataTypes.UUID, primaryKey: true },
  role: { type: DataTypes.TEXT, allowNull: false },
  custom: DataTypes.UUID,
  assignedAt: { type: DataTypes.DATE, allowNull: false },
})

export interface CustomRoleRow {
  id: CustomRoleId
  name: string
  note: string
  basedOn: BuiltInRoleKey
  capabilities: Capability[]
  version: number
  createdAt: Date
  createdBy: AccountId | null
  removedAt: Date | null
  removedBy: AccountId | null
}

export const customRoles = table<CustomRoleRow>('custom_roles', {
  id: { type: DataTypes.UUID, primaryKey: true },
  name: { type: DataTypes.TEXT, allowNull: false },
  note: { type: DataTypes.TEXT, allowNull: false },
  basedOn: { type: DataTypes.TEXT, allowNull: false },
  capabilities: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
  createdAt: { type: DataTypes.DATE, allowNull: false },
  createdBy: DataTypes.UUID,
  removedAt: DataTypes.DATE,
  removedBy: DataTypes.UUID,
})

/** A role given in a place, beside what an enrolment gives there. */
export interface GrantedRoleRow {
  accountId: AccountId
  contextKind: ContextKind
  contextId: string
  role: RoleKey
  grantedAt: Date
  grantedBy: AccountId | null
}

export const grantedRoles = table<GrantedRoleRow>('granted_roles', {
  accountId: { type: DataTypes.UUID, primaryKey: true },
  contextKind: { type: DataTypes.TEXT, primaryKey: true },
  contextId: { type: DataTypes.UUID, primaryKey: true },
  role: { type: DataTypes.TEXT, primaryKey: true },
  grantedAt: { type: DataTypes.DATE, allowNull: false },
  grantedBy: DataTypes.UUID,
})

export interface RoleOverrideRow {
  contextKind: ContextKind
  contextId: string
  role: RoleKey
  capability: Capability
  permission: Exclude<Permission, 'inherit'>
  changedAt: Date
  changedBy: AccountId | null
}

export const roleOverrides = table<RoleOverrideRow>('role_overrides', {
  contextKind: { type: DataTypes.TEXT, primaryKey: true },
  contextId: { type: DataTypes.UUID, primaryKey: true },
  role: { type: DataTypes.TEXT, primaryKey: true },
  capability: { type: DataTypes.TEXT, primaryKey: true },
  permission: { type: DataTypes.TEXT, allowNull: false },
  changedAt: { type: DataTypes.DATE, allowNull: false },
  changedBy: DataTypes.UUID,
})
