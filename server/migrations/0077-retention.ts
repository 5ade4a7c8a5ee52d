// How long things are kept, courses of which nothing goes meanwhile, and the nights in which what is too old went. And
// who is a minor.
import type { Migration } from '#server/platform/db/migrate.ts'

export const retentionTables: Migration = {
  name: '0077-retention',
  up: `
    -- What has no row is kept for ever.
    CREATE TABLE retention_windows (
      kind text PRIMARY KEY,
      months integer NOT NULL CHECK (months BETWEEN 1 AND 240),
      changed_at timestamptz NOT NULL
    );

    CREATE TABLE course_holds (
      course_id uuid PRIMARY KEY REFERENCES courses (id),
      reason text NOT NULL,
      held_by uuid NOT NULL REFERENCES accounts (id),
      at timestamptz NOT NULL
    );
    CREATE INDEX course_holds_held_by ON course_holds (held_by);

    -- A night a day, whichever node begins it. \`step\`: which kind it is at. \`removed\`: records by kind.
    CREATE TABLE retention_nights (
      day date PRIMARY KEY,
      step integer NOT NULL DEFAULT 0,
      removed jsonb NOT NULL DEFAULT '{}',
      finished_at timestamptz
    );

    -- Learners do not write to them alone, nor read what they say of themselves.
    ALTER TABLE accounts ADD COLUMN minor boolean NOT NULL DEFAULT false;

    -- The oldest words are looked for every night.
    CREATE INDEX messages_words_sent_at ON messages (sent_at) WHERE text IS NOT NULL;
    CREATE INDEX seat_intervals_to_at ON seat_intervals (to_at);
  `,
}
