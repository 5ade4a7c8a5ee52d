// The tables of the overview: what nodes say of themselves. Written by actions, a row a node.
import { DataTypes } from 'sequelize'
import type { NodeHealth } from '#protocol/overview.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface NodeRow {
  id: NodeHealth['id']
  name: string
  build: string
  startedAt: Date
  /** A node not seen for some seconds is gone. */
  seenAt: Date
  sockets: number
  lagMs: number
  memoryMb: number
  faults: number
  databaseMs: number
  redis: NodeHealth['redis']
}

export const nodes = table<NodeRow>('nodes', {
  id: { type: DataTypes.UUID, primaryKey: true },
  name: { type: DataTypes.TEXT, allowNull: false },
  build: { type: DataTypes.TEXT, allowNull: false },
  startedAt: { type: DataTypes.DATE, allowNull: false },
  seenAt: { type: DataTypes.DATE, allowNull: false },
  sockets: { type: DataTypes.INTEGER, allowNull: false },
  lagMs: { type: DataTypes.REAL, allowNull: false },
  memoryMb: { type: DataTypes.INTEGER, allowNull: false },
  faults: { type: DataTypes.INTEGER, allowNull: false },
  databaseMs: { type: DataTypes.REAL, allowNull: false },
  redis: { type: DataTypes.TEXT, allowNull: false },
})

/** People of a class on one node. */
export const nodeRooms = table<{ nodeId: NodeHealth['id']; runId: string; here: string[]; reconnecting: string[] }>(
  'node_rooms',
  {
    nodeId: { type: DataTypes.UUID, primaryKey: true },
    runId: { type: DataTypes.UUID, primaryKey: true },
    here: { type: DataTypes.ARRAY(DataTypes.UUID), allowNull: false },
    reconnecting: { type: DataTypes.ARRAY(DataTypes.UUID), allowNull: false },
  },
)
