// What was read of files: the words of the bytes themselves, or why there are none. Beside the bytes, not the file: a
// version that is restored and a copy of a course name the same bytes.
import type { Migration } from '#server/platform/db/migrate.ts'

export const fileTextsTable: Migration = {
  name: '0078-file-texts',
  up: `
    CREATE TABLE file_texts (
      blob_id uuid PRIMARY KEY,
      text text NOT NULL,
      -- Null where there are words.
      why text,
      read_at timestamptz NOT NULL,
      CHECK ((why IS NULL) = (text <> ''))
    );
  `,
}
