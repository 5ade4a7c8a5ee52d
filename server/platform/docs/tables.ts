// Documents, their updates and whose they are, as models: the shape of the tables. Written by the document server alone.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import { table } from '../db/sequelize.ts'

export interface DocumentRow {
  id: string
  kind: string
  /** The number of its last update. */
  seq: string
  createdAt: Date
  writtenAt: Date | null
}

export const documents = table<DocumentRow>('documents', {
  id: { type: DataTypes.UUID, primaryKey: true },
  kind: { type: DataTypes.TEXT, allowNull: false },
  seq: { type: DataTypes.BIGINT, allowNull: false },
  createdAt: { type: DataTypes.DATE, allowNull: false },
  writtenAt: DataTypes.DATE,
})

export interface DocumentUpdateRow {
  documentId: string
  seq: string
  /** Who brought it. */
  accountId: AccountId
  connection: string
  /** A Yjs update. */
  body: Buffer
  at: Date
}

export const documentUpdates = table<DocumentUpdateRow>('document_updates', {
  documentId: { type: DataTypes.UUID, primaryKey: true },
  seq: { type: DataTypes.BIGINT, primaryKey: true },
  accountId: { type: DataTypes.UUID, allowNull: false },
  connection: { type: DataTypes.UUID, allowNull: false },
  body: { type: DataTypes.BLOB, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
})

export interface DocumentSnapshotRow {
  documentId: string
  seq: string
  /** Everything up to and with `seq`: Yjs, encoding 2. */
  body: Buffer
  at: Date
}

export const documentSnapshots = table<DocumentSnapshotRow>('document_snapshots', {
  documentId: { type: DataTypes.UUID, primaryKey: true },
  seq: { type: DataTypes.BIGINT, allowNull: false },
  body: { type: DataTypes.BLOB, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
})

export interface DocumentClientRow {
  documentId: string
  clientId: string
  /** Who was the first to use it here. */
  accountId: AccountId
  at: Date
}

export const documentClients = table<DocumentClientRow>('document_clients', {
  documentId: { type: DataTypes.UUID, primaryKey: true },
  clientId: { type: DataTypes.BIGINT, primaryKey: true },
  accountId: { type: DataTypes.UUID, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
})

/** How much of a document came from whom, kept when updates are compacted. */
export interface DocumentAuthorRow {
  documentId: string
  accountId: AccountId
  updates: string
  bytes: string
  firstAt: Date
  lastAt: Date
}

export const documentAuthors = table<DocumentAuthorRow>('document_authors', {
  documentId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
  updates: { type: DataTypes.BIGINT, allowNull: false },
  bytes: { type: DataTypes.BIGINT, allowNull: false },
  firstAt: { type: DataTypes.DATE, allowNull: false },
  lastAt: { type: DataTypes.DATE, allowNull: false },
})
