// Files of courses: folders, files, the versions of their content, uploads on their way, who refers to a file, and the
// room a course has. Names are words alone; bytes are found by ids.
import type { Migration } from '#server/platform/db/migrate.ts'

export const filesTables: Migration = {
  name: '0060-files',
  up: `
    CREATE TABLE folders (
      id uuid PRIMARY KEY,
      course_id uuid NOT NULL REFERENCES courses (id),
      folder_id uuid REFERENCES folders (id),
      name text NOT NULL,
      version integer NOT NULL DEFAULT 0,
      changed_at timestamptz NOT NULL,
      removed_at timestamptz,
      removed_by uuid REFERENCES accounts (id)
    );
    CREATE UNIQUE INDEX folders_name ON folders (course_id, folder_id, lower(name)) NULLS NOT DISTINCT
      WHERE removed_at IS NULL;
    CREATE INDEX folders_folder ON folders (folder_id);

    CREATE TABLE files (
      id uuid PRIMARY KEY,
      course_id uuid NOT NULL REFERENCES courses (id),
      folder_id uuid REFERENCES folders (id),
      name text NOT NULL,
      form text NOT NULL CHECK (form IN ('image', 'audio', 'video', 'pdf', 'text', 'other')),
      type text NOT NULL,
      size bigint NOT NULL,
      number integer NOT NULL,
      version integer NOT NULL DEFAULT 0,
      changed_at timestamptz NOT NULL,
      removed_at timestamptz,
      removed_by uuid REFERENCES accounts (id)
    );
    CREATE UNIQUE INDEX files_name ON files (course_id, folder_id, lower(name)) NULLS NOT DISTINCT
      WHERE removed_at IS NULL;
    CREATE INDEX files_folder ON files (folder_id);
    CREATE INDEX files_course ON files (course_id, lower(name), id);
    CREATE INDEX files_bin ON files (removed_at) WHERE removed_at IS NOT NULL;

    CREATE TABLE file_versions (
      file_id uuid NOT NULL REFERENCES files (id),
      number integer NOT NULL,
      -- Two versions have the same bytes where an earlier one was made to hold again.
      blob_id uuid NOT NULL,
      name text NOT NULL,
      form text NOT NULL,
      type text NOT NULL,
      size bigint NOT NULL,
      at timestamptz NOT NULL,
      by_account uuid REFERENCES accounts (id),
      PRIMARY KEY (file_id, number)
    );

    CREATE TABLE uploads (
      id uuid PRIMARY KEY,
      course_id uuid NOT NULL REFERENCES courses (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      folder_id uuid REFERENCES folders (id),
      file_id uuid REFERENCES files (id),
      name text NOT NULL,
      print text NOT NULL,
      size bigint NOT NULL,
      received bigint NOT NULL DEFAULT 0,
      touched_at timestamptz NOT NULL
    );
    CREATE INDEX uploads_account ON uploads (account_id, course_id);
    CREATE INDEX uploads_touched ON uploads (touched_at);

    -- What shows a file beside its own place in the course, such as a page: (kind, ref_id) is that thing's item.
    CREATE TABLE file_uses (
      file_id uuid NOT NULL REFERENCES files (id),
      kind text NOT NULL,
      ref_id uuid NOT NULL,
      PRIMARY KEY (kind, ref_id, file_id)
    );
    CREATE INDEX file_uses_file ON file_uses (file_id);

    CREATE TABLE file_spaces (
      course_id uuid PRIMARY KEY REFERENCES courses (id),
      limit_bytes bigint NOT NULL,
      -- With every version, the bin, and what uploads on their way will take.
      used_bytes bigint NOT NULL DEFAULT 0 CHECK (used_bytes >= 0),
      changes integer NOT NULL DEFAULT 0
    );
  `,
}
