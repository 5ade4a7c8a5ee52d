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

/** What an entry says in words; erased with its salt, which leaves the hash of the entry without a meaning. */
export interface AuditDetailRow {
  entryId: string
  salt: Buffer
  details: string
}

export const auditDetails = table<AuditDetailRow>('audit_details', {
  entryId: { type: DataTypes.UUID, primaryKey: true },
  salt: { type: DataTypes.BLOB, allowNull: false },
  details: { type: DataTypes.TEXT, allowNull: false },
})

/** Entries that wait to be chained. */
export interface AuditUnsealedRow {
  entryId: string
}

export const auditUnsealed = table<AuditUnsealedRow>('audit_unsealed', {
  entryId: { type: DataTypes.UUID, primaryKey: true },
})

export interface AuditSealRow {
  place: string
  entryId: string
  /** The hash over the chain before it and the entry. */
  chain: Buffer
}

export const auditSeals = table<AuditSealRow>('audit_seals', {
  place: { type: DataTypes.BIGINT, primaryKey: true },
  entryId: { type: DataTypes.UUID, allowNull: false },
  chain: { type: DataTypes.BLOB, allowNull: false },
})
