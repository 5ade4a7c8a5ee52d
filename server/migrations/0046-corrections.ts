// What was decided about a question after it was answered, and each such decision with its reason and its reach.
import type { Migration } from '#server/platform/db/migrate.ts'

export const correctionsTable: Migration = {
  name: '0046-corrections',
  up: `
    ALTER TABLE activity_items ADD COLUMN ruling text NOT NULL DEFAULT 'by-key'
      CHECK (ruling IN ('by-key', 'everybody', 'discarded'));

    CREATE TABLE corrections (
      id uuid PRIMARY KEY,
      item_id uuid NOT NULL REFERENCES activity_items (id),
      ruling text NOT NULL,
      question_version_id uuid NOT NULL REFERENCES question_versions (id),
      note text NOT NULL,
      up integer NOT NULL,
      down integer NOT NULL,
      -- People whose answers are scored anew: how many are done, of how many.
      done integer NOT NULL,
      people integer NOT NULL,
      by uuid REFERENCES accounts (id),
      at timestamptz NOT NULL
    );
    CREATE INDEX corrections_item ON corrections (item_id, id);
    CREATE INDEX corrections_by ON corrections (by);
  `,
}
