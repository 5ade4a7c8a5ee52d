// Addresses under which other programs read a person's calendar. The secret is kept as its hash alone.
import type { Migration } from '#server/platform/db/migrate.ts'

export const calendarFeedsTable: Migration = {
  name: '0065-calendar-feeds',
  up: `
    CREATE TABLE calendar_feeds (
      id uuid PRIMARY KEY,
      account_id uuid NOT NULL REFERENCES accounts (id),
      -- Null for all courses of the person.
      course_id uuid REFERENCES courses (id),
      token_hash bytea NOT NULL UNIQUE,
      created_at timestamptz NOT NULL,
      fetched_at timestamptz
    );
    CREATE UNIQUE INDEX calendar_feeds_course ON calendar_feeds (account_id, course_id) WHERE course_id IS NOT NULL;
    CREATE UNIQUE INDEX calendar_feeds_all ON calendar_feeds (account_id) WHERE course_id IS NULL;
  `,
}
