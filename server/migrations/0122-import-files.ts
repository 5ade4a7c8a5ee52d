// What the files of an import were called, by list. Imports of before, and those of an earlier version, have none.
import type { Migration } from '#server/platform/db/migrate.ts'

export const importFiles: Migration = {
  name: '0122-import-files',
  up: `ALTER TABLE imports ADD COLUMN files jsonb NOT NULL DEFAULT '{}';`,
}
