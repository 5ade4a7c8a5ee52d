// The platform's own tables: the log of announcements, remembered operations, what listeners have been handed, and
// the numbers that say whose rights changed. Nothing about classrooms belongs here.
import type { Migration } from '#server/platform/db/migrate.ts'

export const platformTables: Migration = {
  name: '0001-platform',
  up: `
    -- One counter row a scope, locked to the commit. Room on the page, so that counting never touches an index.
    CREATE TABLE scope_heads (
      scope text COLLATE "C" PRIMARY KEY,
      seq bigint NOT NULL
    ) WITH (fillfactor = 50);

    -- body is SQL NULL when the thing it spoke of was deleted, hidden or erased.
    CREATE TABLE events (
      scope text COLLATE "C" NOT NULL,
      seq bigint NOT NULL,
      kind text NOT NULL,
      actor uuid,
      body json,
      at timestamptz NOT NULL,
      PRIMARY KEY (scope, seq)
    );
    CREATE INDEX events_at ON events USING brin (at);

    CREATE TABLE operations (
      author uuid NOT NULL,
      operation uuid NOT NULL,
      call text NOT NULL,
      input_hash bytea NOT NULL,
      result json,
      at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (author, operation)
    );
    CREATE INDEX operations_at ON operations (at);

    CREATE TABLE handled (
      scope text COLLATE "C" PRIMARY KEY,
      seq bigint NOT NULL
    ) WITH (fillfactor = 50);

    CREATE TABLE rights_versions (
      subject text COLLATE "C" PRIMARY KEY,
      version bigint NOT NULL,
      changed_at timestamptz NOT NULL
    );
    CREATE INDEX rights_versions_changed_at ON rights_versions (changed_at);
  `,
}
