// Which columns of its lists an import made nothing of, so that whoever opens it later reads it too.
import type { Migration } from '#server/platform/db/migrate.ts'

export const importUnused: Migration = {
  name: '0146-import-unused',
  up: "ALTER TABLE imports ADD COLUMN unused jsonb NOT NULL DEFAULT '[]'",
}
