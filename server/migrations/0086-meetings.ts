// Meetings in courses and who came. Whether one is published, hidden or removed is kept by its item.
import type { Migration } from '#server/platform/db/migrate.ts'

export const meetingsTables: Migration = {
  name: '0086-meetings',
  up: `
    CREATE TABLE meetings (
      id uuid PRIMARY KEY,
      course_id uuid NOT NULL REFERENCES courses (id),
      title text NOT NULL,
      address text NOT NULL,
      note text NOT NULL,
      starts_at timestamptz,
      ends_at timestamptz,
      version integer NOT NULL DEFAULT 0,
      changed_at timestamptz NOT NULL,
      CHECK (starts_at IS NULL = (ends_at IS NULL))
    );
    CREATE INDEX meetings_course ON meetings (course_id, starts_at);
    CREATE TABLE meeting_visits (
      meeting_id uuid NOT NULL REFERENCES meetings (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      first_at timestamptz NOT NULL,
      last_at timestamptz NOT NULL,
      presses integer NOT NULL,
      PRIMARY KEY (meeting_id, account_id)
    );
    CREATE INDEX meeting_visits_of ON meeting_visits (account_id);
  `,
}
