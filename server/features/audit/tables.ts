// The audit trail's tables. Written by actions.ts alone, and only ever added to; details may be erased.
import { DataTypes } from 'sequelize'
import { table } from '#server/platform/db/sequelize.ts'

export interface AuditEntryRow {
  id: string
  at: Date
  actor: string | null
  verb: string
  subjectKind: string
  subjectId: string
  contextKind: string | null
  contextId: string | null
  requestId: string
  detailsHash: Buffer
}

export const auditEntries = table<AuditEntryRow>('audit_entries', {
  id: { type: DataTypes.UUID, primaryKey: true },
  at: { type: DataTypes.DATE, allowNull: false },
  actor: { type: DataTypes.UUID, allowNull: true },
  verb: { type: DataTypes.TEXT, allowNull: false },
  subjectKind: { type: DataTypes.TEXT, allowNull: false },
  subjectId: { type: DataTypes.TEXT, allowNull: false },
  contextKind: { type: DataTypes.TEXT, allowNull: true },
  contextId: { type: DataTypes.TEXT, allowNull: true },
  requestId: { type: DataTypes.TEXT, allowNull: false },
  detailsHash: { type: DataTypes.BLOB, allowNull: false },
})
