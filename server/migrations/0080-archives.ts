// Courses as archives: those that were made, and those that are brought in.
import type { Migration } from '#server/platform/db/migrate.ts'

export const archiveTables: Migration = {
  name: '0080-archives',
  up: `
    -- Its bytes stand in the storage under its own id.
    CREATE TABLE course_exports (
      id uuid PRIMARY KEY,
      course_id uuid NOT NULL REFERENCES courses (id),
      asked_by uuid NOT NULL REFERENCES accounts (id),
      asked_at timestamptz NOT NULL,
      state text NOT NULL CHECK (state IN ('running', 'ready', 'refused')),
      size bigint,
      expires_at timestamptz,
      refusal jsonb
    );
    CREATE INDEX course_exports_course ON course_exports (course_id, id);
    CREATE UNIQUE INDEX course_exports_running ON course_exports (course_id) WHERE state = 'running';
    CREATE INDEX course_exports_asked_by ON course_exports (asked_by);
    CREATE INDEX course_exports_expires ON course_exports (expires_at) WHERE expires_at IS NOT NULL;

    -- So do its own, as they come.
    CREATE TABLE course_imports (
      id uuid PRIMARY KEY,
      account_id uuid NOT NULL REFERENCES accounts (id),
      state text NOT NULL CHECK (state IN ('receiving', 'looking', 'looked', 'making', 'done', 'refused')),
      name text NOT NULL,
      print text NOT NULL,
      size bigint NOT NULL,
      received bigint NOT NULL,
      -- What it says of itself and its dates, once it was looked through.
      summary jsonb,
      dates jsonb,
      -- What is to be made of it.
      wish jsonb,
      refusal jsonb,
      course_id uuid REFERENCES courses (id),
      started_at timestamptz NOT NULL,
      touched_at timestamptz NOT NULL
    );
    CREATE INDEX course_imports_account ON course_imports (account_id, id);
    CREATE INDEX course_imports_course ON course_imports (course_id) WHERE course_id IS NOT NULL;
    CREATE INDEX course_imports_touched ON course_imports (touched_at);

    -- Where the bytes of an archive go, written before they do: so nothing is left of one that fails.
    CREATE TABLE course_import_bytes (
      import_id uuid NOT NULL REFERENCES course_imports (id) ON DELETE CASCADE,
      bytes_id uuid NOT NULL,
      blob_id uuid NOT NULL,
      size bigint NOT NULL,
      sha256 text NOT NULL,
      stands boolean NOT NULL DEFAULT false,
      PRIMARY KEY (import_id, bytes_id)
    );
  `,
}
