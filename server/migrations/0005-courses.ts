// Courses, their modules, the items placed in them and who is in them. Roles are kept in the tables of access.
import type { Migration } from '#server/platform/db/migrate.ts'

export const coursesTables: Migration = {
  name: '0005-courses',
  up: `
    CREATE TABLE courses (
      id uuid PRIMARY KEY,
      title text NOT NULL,
      short_name text NOT NULL DEFAULT '',
      summary text NOT NULL DEFAULT '',
      time_zone text NOT NULL DEFAULT 'UTC',
      -- Readable, since staff show it; it lets people in as learners and is renewed or switched off at will.
      join_code text,
      version integer NOT NULL DEFAULT 0,
      created_at timestamptz NOT NULL DEFAULT now(),
      removed_at timestamptz,
      removed_by uuid REFERENCES accounts (id)
    );
    CREATE UNIQUE INDEX courses_join_code ON courses (join_code) WHERE removed_at IS NULL;
    CREATE INDEX courses_title ON courses (lower(title), id) WHERE removed_at IS NULL;

    CREATE TABLE modules (
      id uuid PRIMARY KEY,
      course_id uuid NOT NULL REFERENCES courses (id),
      title text NOT NULL,
      -- Ordered as plain text: there is always room between two positions, so a move writes one row.
      position text COLLATE "C" NOT NULL,
      version integer NOT NULL DEFAULT 0,
      removed_at timestamptz,
      removed_by uuid REFERENCES accounts (id)
    );
    CREATE INDEX modules_course ON modules (course_id, position, id);

    CREATE TABLE items (
      id uuid PRIMARY KEY,
      course_id uuid NOT NULL REFERENCES courses (id),
      module_id uuid REFERENCES modules (id),
      kind text NOT NULL,
      ref_id uuid NOT NULL,
      title text NOT NULL,
      position text COLLATE "C" NOT NULL,
      published boolean NOT NULL,
      badge text,
      detail jsonb NOT NULL DEFAULT '{}',
      version integer NOT NULL DEFAULT 0,
      removed_at timestamptz,
      removed_by uuid REFERENCES accounts (id),
      UNIQUE (kind, ref_id)
    );
    CREATE INDEX items_course ON items (course_id, position, id);
    CREATE INDEX items_badge ON items (badge, course_id) WHERE badge IS NOT NULL AND removed_at IS NULL;

    CREATE TABLE enrolments (
      id uuid PRIMARY KEY,
      course_id uuid NOT NULL REFERENCES courses (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      how text NOT NULL CHECK (how IN ('by hand', 'join code')),
      at timestamptz NOT NULL,
      ended_at timestamptz
    );
    CREATE UNIQUE INDEX enrolments_current ON enrolments (course_id, account_id) WHERE ended_at IS NULL;
    CREATE INDEX enrolments_account ON enrolments (account_id, course_id);
  `,
}
