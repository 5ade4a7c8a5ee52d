// Packages, what is in them, how learners got on, and what opens their files for a browser. Whether one is published, hidden or removed is kept by its item.
import type { Migration } from '#server/platform/db/migrate.ts'

export const packagesTables: Migration = {
  name: '0102-packages',
  up: `
    CREATE TABLE packages (
      id uuid PRIMARY KEY,
      course_id uuid NOT NULL REFERENCES courses (id),
      title text NOT NULL,
      points numeric(12, 4) NOT NULL,
      -- What new attempts play; null until something has been brought.
      content_id uuid,
      grade_item_id uuid NOT NULL REFERENCES grade_items (id),
      version integer NOT NULL DEFAULT 0,
      changed_at timestamptz NOT NULL
    );
    CREATE INDEX packages_course ON packages (course_id);

    CREATE TABLE package_contents (
      id uuid PRIMARY KEY,
      package_id uuid NOT NULL REFERENCES packages (id),
      number integer NOT NULL,
      form text NOT NULL,
      title text NOT NULL,
      -- The archive; copies of the course share it.
      blob_id uuid NOT NULL,
      size bigint NOT NULL,
      parts jsonb NOT NULL,
      at timestamptz NOT NULL,
      UNIQUE (package_id, number)
    );
    CREATE INDEX package_contents_blob ON package_contents (blob_id);
    ALTER TABLE packages ADD FOREIGN KEY (content_id) REFERENCES package_contents (id);

    CREATE TABLE package_files (
      content_id uuid NOT NULL REFERENCES package_contents (id),
      -- Its path in one case and form, under which it is asked for.
      key text NOT NULL,
      size bigint NOT NULL,
      packed bigint NOT NULL,
      method integer NOT NULL,
      local bigint NOT NULL,
      PRIMARY KEY (content_id, key)
    );

    CREATE TABLE package_attempts (
      id uuid PRIMARY KEY,
      package_id uuid NOT NULL REFERENCES packages (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      number integer NOT NULL,
      -- What it plays to its end; once over, that may be gone.
      content_id uuid NOT NULL,
      completion text NOT NULL,
      success text NOT NULL,
      share numeric(7, 6) CHECK (share >= 0 AND share <= 1),
      seconds integer NOT NULL,
      sittings integer NOT NULL,
      begun_at timestamptz NOT NULL,
      at timestamptz NOT NULL,
      over_at timestamptz,
      UNIQUE (package_id, account_id, number)
    );
    CREATE INDEX package_attempts_of ON package_attempts (account_id);
    CREATE INDEX package_attempts_open ON package_attempts (content_id) WHERE over_at IS NULL;

    CREATE TABLE package_states (
      attempt_id uuid NOT NULL REFERENCES package_attempts (id),
      part text NOT NULL,
      sitting integer NOT NULL,
      completion text NOT NULL,
      success text NOT NULL,
      share numeric(7, 6),
      before integer NOT NULL,
      seconds integer NOT NULL,
      data jsonb NOT NULL,
      PRIMARY KEY (attempt_id, part)
    );

    CREATE TABLE package_tickets (
      hash bytea PRIMARY KEY,
      account_id uuid NOT NULL REFERENCES accounts (id),
      session_id uuid NOT NULL,
      package_id uuid NOT NULL REFERENCES packages (id),
      content_id uuid NOT NULL,
      framed_by text NOT NULL,
      expires_at timestamptz NOT NULL,
      ends_at timestamptz NOT NULL
    );
    CREATE INDEX package_tickets_of ON package_tickets (account_id);
    CREATE INDEX package_tickets_expire ON package_tickets (expires_at);
  `,
}
