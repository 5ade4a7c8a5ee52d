// Notes: the documents of courses and classes. Every course and every class that stands already gets one.
import type { Migration } from '#server/platform/db/migrate.ts'

export const notesTables: Migration = {
  name: '0032-notes',
  up: `
    -- A note has the id of its document. run_id names a class of a higher feature; there is no foreign key.
    CREATE TABLE notes (
      id uuid PRIMARY KEY REFERENCES documents (id),
      course_id uuid NOT NULL REFERENCES courses (id),
      run_id uuid UNIQUE,
      title text NOT NULL,
      writers text NOT NULL CHECK (writers IN ('everybody', 'staff')),
      -- The document as plain text up to text_seq, for search and lists.
      text text NOT NULL DEFAULT '',
      text_seq bigint NOT NULL DEFAULT 0,
      version integer NOT NULL DEFAULT 0,
      created_at timestamptz NOT NULL DEFAULT now(),
      removed_at timestamptz,
      removed_by uuid REFERENCES accounts (id)
    );
    CREATE INDEX notes_course ON notes (course_id, created_at);
    CREATE INDEX notes_removed_by ON notes (removed_by) WHERE removed_by IS NOT NULL;

    CREATE TEMPORARY TABLE new_notes ON COMMIT DROP AS
      SELECT gen_random_uuid() AS id, c.id AS course_id, NULL::uuid AS run_id, c.title, c.created_at FROM courses c
      UNION ALL
      SELECT gen_random_uuid(), r.course_id, r.id, r.title, r.started_at FROM runs r;
    INSERT INTO documents (id, kind, created_at) SELECT id, 'note', created_at FROM new_notes;
    INSERT INTO notes (id, course_id, run_id, title, writers, created_at)
      SELECT id, course_id, run_id, title, 'everybody', created_at FROM new_notes;
  `,
}
