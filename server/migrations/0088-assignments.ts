// Assignments, what is handed in for them and its marks; columns of the gradebook that somebody fills. Whether an assignment is published, hidden or removed is kept by its item.
import type { Migration } from '#server/platform/db/migrate.ts'

export const assignmentsTables: Migration = {
  name: '0088-assignments',
  up: `
    ALTER TABLE grade_items ADD COLUMN marked_kind text, ADD COLUMN marked_id uuid,
      ADD CHECK ((marked_kind IS NULL) = (marked_id IS NULL));
    CREATE UNIQUE INDEX grade_items_marked ON grade_items (marked_id) WHERE marked_id IS NOT NULL;

    CREATE TABLE assignments (
      id uuid PRIMARY KEY,
      course_id uuid NOT NULL REFERENCES courses (id),
      title text NOT NULL,
      document jsonb NOT NULL,
      takes_text boolean NOT NULL,
      takes_files integer NOT NULL,
      takes_forms text[] NOT NULL,
      largest_file bigint NOT NULL,
      points numeric(12, 4) NOT NULL,
      due_at timestamptz,
      cut_off_at timestamptz,
      grade_item_id uuid NOT NULL REFERENCES grade_items (id),
      version integer NOT NULL DEFAULT 0,
      changed_at timestamptz NOT NULL,
      CHECK (takes_text OR takes_files > 0),
      CHECK (cut_off_at >= due_at)
    );
    CREATE INDEX assignments_course ON assignments (course_id, due_at);

    CREATE TABLE submissions (
      id uuid PRIMARY KEY,
      assignment_id uuid NOT NULL REFERENCES assignments (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      draft_text text NOT NULL DEFAULT '',
      draft_version integer NOT NULL DEFAULT 0,
      draft_at timestamptz,
      -- How often it was handed in, when last, and how late that was.
      hand_ins integer NOT NULL DEFAULT 0,
      handed_in_at timestamptz,
      late_seconds integer,
      score numeric(12, 4),
      comment text NOT NULL DEFAULT '',
      marked_at timestamptz,
      marked_by uuid REFERENCES accounts (id),
      version integer NOT NULL DEFAULT 0,
      UNIQUE (assignment_id, account_id),
      CHECK ((hand_ins = 0) = (handed_in_at IS NULL)),
      CHECK ((score IS NULL) = (marked_at IS NULL))
    );
    CREATE INDEX submissions_of ON submissions (account_id);
    CREATE INDEX submissions_marked_by ON submissions (marked_by) WHERE marked_by IS NOT NULL;

    CREATE TABLE submission_files (
      id uuid PRIMARY KEY,
      submission_id uuid NOT NULL REFERENCES submissions (id),
      blob_id uuid NOT NULL,
      name text NOT NULL,
      form text NOT NULL,
      type text NOT NULL,
      size bigint NOT NULL,
      at timestamptz NOT NULL,
      -- Out of the draft since; what was handed in keeps it.
      removed_at timestamptz
    );
    CREATE INDEX submission_files_in ON submission_files (submission_id);
    CREATE INDEX submission_files_removed ON submission_files (removed_at) WHERE removed_at IS NOT NULL;

    CREATE TABLE hand_ins (
      submission_id uuid NOT NULL REFERENCES submissions (id),
      number integer NOT NULL,
      text text NOT NULL,
      file_ids uuid[] NOT NULL,
      at timestamptz NOT NULL,
      late_seconds integer,
      PRIMARY KEY (submission_id, number)
    );
  `,
}
