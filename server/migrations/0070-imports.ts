// Lists of people and enrolments that are read in for the whole school: what was sent, what became of each row, and how
// far the work is. Rows stay, so that a batch can be undone.
import type { Migration } from '#server/platform/db/migrate.ts'

export const importsTables: Migration = {
  name: '0070-imports',
  up: `
    CREATE TABLE imports (
      id uuid PRIMARY KEY,
      author uuid NOT NULL REFERENCES accounts (id),
      state text NOT NULL CHECK (state IN ('filling', 'checked', 'running', 'done', 'cancelled', 'undoing', 'undone')),
      created_at timestamptz NOT NULL,
      finished_at timestamptz
    );
    CREATE INDEX imports_author ON imports (author);

    -- A list travels in pieces, because it may be longer than one request.
    CREATE TABLE import_pieces (
      import_id uuid NOT NULL REFERENCES imports (id),
      sort text NOT NULL CHECK (sort IN ('people', 'enrolments', 'classes')),
      place integer NOT NULL,
      text text NOT NULL,
      PRIMARY KEY (import_id, sort, place)
    );

    CREATE TABLE import_rows (
      import_id uuid NOT NULL REFERENCES imports (id),
      sort text NOT NULL CHECK (sort IN ('people', 'enrolments')),
      line integer NOT NULL,
      name text NOT NULL,
      email text NOT NULL,
      role text,
      course_id uuid,
      course text NOT NULL DEFAULT '',
      -- Why it is not taken; null for what is.
      error text,
      -- made: an account or an enrolment that was not there before. Null while it waits.
      outcome text CHECK (outcome IN ('made', 'was there', 'left out')),
      account_id uuid REFERENCES accounts (id),
      PRIMARY KEY (import_id, sort, line)
    );
    CREATE INDEX import_rows_waiting ON import_rows (import_id, sort, course_id) WHERE outcome IS NULL AND error IS NULL;
    CREATE INDEX import_rows_account ON import_rows (account_id) WHERE account_id IS NOT NULL;
  `,
}
