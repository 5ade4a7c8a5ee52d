// People known by the ids of another system, so that a list that comes again means the same people; the ends that lists say of
// enrolments; and what was there before an import changed it, so that its undoing puts it back.
import type { Migration } from '#server/platform/db/migrate.ts'

export const sourceIdsTable: Migration = {
  name: '0129-source-ids',
  up: `
    CREATE TABLE source_ids (
      source_id text PRIMARY KEY,
      account_id uuid NOT NULL REFERENCES accounts (id),
      -- By which import it became known: undone, it forgets.
      import_id uuid NOT NULL REFERENCES imports (id)
    );
    CREATE INDEX source_ids_account ON source_ids (account_id);
    CREATE INDEX source_ids_import ON source_ids (import_id);

    ALTER TABLE import_rows
      ADD COLUMN source_id text NOT NULL DEFAULT '',
      ADD COLUMN ends_at timestamptz,
      -- Of what is changed: the name and the address, or the end, as they were.
      ADD COLUMN was jsonb;
    ALTER TABLE import_rows DROP CONSTRAINT import_rows_outcome_check;
    ALTER TABLE import_rows ADD CONSTRAINT import_rows_outcome_check
      CHECK (outcome IN ('made', 'changed', 'was there', 'left out'));
  `,
}
