// Events of courses and of people. A weekly one is one row; the times that do not take place are named by their number.
import type { Migration } from '#server/platform/db/migrate.ts'

export const calendarTables: Migration = {
  name: '0064-calendar',
  up: `
    CREATE TABLE calendar_events (
      id uuid PRIMARY KEY,
      course_id uuid REFERENCES courses (id),
      -- Whose own it is.
      account_id uuid REFERENCES accounts (id),
      kind text NOT NULL CHECK (kind IN ('session', 'office-hours', 'other')),
      title text NOT NULL,
      place text NOT NULL DEFAULT '',
      note text NOT NULL DEFAULT '',
      all_day boolean NOT NULL,
      starts_at timestamptz NOT NULL,
      ends_at timestamptz NOT NULL,
      time_zone text NOT NULL,
      weekly_until text,
      -- When the last of its times is over.
      over_at timestamptz NOT NULL,
      cancelled integer[] NOT NULL DEFAULT '{}',
      version integer NOT NULL DEFAULT 0,
      created_at timestamptz NOT NULL,
      removed_at timestamptz,
      removed_by uuid REFERENCES accounts (id),
      CHECK ((course_id IS NULL) <> (account_id IS NULL)),
      CHECK (starts_at < ends_at AND ends_at <= over_at)
    );
    CREATE INDEX calendar_events_course ON calendar_events (course_id, over_at) WHERE removed_at IS NULL;
    CREATE INDEX calendar_events_account ON calendar_events (account_id, over_at);
    CREATE INDEX calendar_events_removed_by ON calendar_events (removed_by) WHERE removed_by IS NOT NULL;
  `,
}
