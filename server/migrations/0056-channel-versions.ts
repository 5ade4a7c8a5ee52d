// What people change of a channel has a version: two who rename a group at once are told of each other.
import type { Migration } from '#server/platform/db/migrate.ts'

export const channelVersions: Migration = {
  name: '0056-channel-versions',
  up: 'ALTER TABLE channels ADD COLUMN version integer NOT NULL DEFAULT 0',
}
