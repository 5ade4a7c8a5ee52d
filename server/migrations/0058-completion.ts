// What makes an item done where it is not what its kind usually asks, and what people have marked as done by hand.
import type { Migration } from '#server/platform/db/migrate.ts'

export const completionTables: Migration = {
  name: '0058-completion',
  up: `
    CREATE TABLE completion_rules (
      item_id uuid PRIMARY KEY REFERENCES items (id),
      course_id uuid NOT NULL REFERENCES courses (id),
      asks text NOT NULL CHECK (asks IN ('usual', 'by-hand', 'nothing')),
      version integer NOT NULL
    );
    CREATE INDEX completion_rules_course ON completion_rules (course_id);

    CREATE TABLE done_marks (
      item_id uuid NOT NULL REFERENCES items (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      at timestamptz NOT NULL,
      PRIMARY KEY (item_id, account_id)
    );
    CREATE INDEX done_marks_account ON done_marks (account_id);
  `,
}
