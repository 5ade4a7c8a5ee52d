// When somebody's time in a course ends by itself.
import type { Migration } from '#server/platform/db/migrate.ts'

export const enrolmentEnds: Migration = {
  name: '0072-enrolment-ends',
  up: `
    ALTER TABLE enrolments ADD COLUMN ends_at timestamptz;
    CREATE INDEX enrolments_ends ON enrolments (ends_at) WHERE ended_at IS NULL AND ends_at IS NOT NULL;
  `,
}
