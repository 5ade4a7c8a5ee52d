// The log and how far it was handed on, as models: the shape of the tables. Written by `log`, `listeners` and `retention`.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import { table } from '../db/sequelize.ts'

export interface ScopeHeadRow {
  scope: string
  /** The last number given out; a bigint, which the driver hands over as text. */
  seq: string
}

export const scopeHeads = table<ScopeHeadRow>('scope_heads', {
  scope: { type: DataTypes.TEXT, primaryKey: true },
  seq: { type: DataTypes.BIGINT, allowNull: false },
})

export interface EventRow {
  scope: string
  seq: string
  kind: string
  actor: AccountId | null
  /** Null once it was blanked; number and kind stay. */
  body: unknown
  at: Date
}

export const events = table<EventRow>('events', {
  scope: { type: DataTypes.TEXT, primaryKey: true },
  seq: { type: DataTypes.BIGINT, primaryKey: true },
  kind: { type: DataTypes.TEXT, allowNull: false },
  actor: DataTypes.UUID,
  body: DataTypes.JSON,
  at: { type: DataTypes.DATE, allowNull: false },
})

/** How far a scope was handed to the listeners. */
export interface HandledRow {
  scope: string
  seq: string
}

export const handled = table<HandledRow>('handled', {
  scope: { type: DataTypes.TEXT, primaryKey: true },
  seq: { type: DataTypes.BIGINT, allowNull: false },
})

/** How far a listener is in a scope, so that nothing is done twice. */
export interface ListenedRow {
  listener: string
  scope: string
  seq: string
}

export const listened = table<ListenedRow>('listened', {
  listener: { type: DataTypes.TEXT, primaryKey: true },
  scope: { type: DataTypes.TEXT, primaryKey: true },
  seq: { type: DataTypes.BIGINT, allowNull: false },
})
