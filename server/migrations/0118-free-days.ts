// Days of a term on which nothing takes place, by name: copies of courses leave them out.
import type { Migration } from '#server/platform/db/migrate.ts'

export const freeDaysColumn: Migration = {
  name: '0118-free-days',
  up: `
    ALTER TABLE terms ADD COLUMN free_days jsonb NOT NULL DEFAULT '[]';
  `,
}
