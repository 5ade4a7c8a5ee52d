// The tree of places in which people hold roles, and the roles they hold there.
import type { Migration } from '#server/platform/db/migrate.ts'

export const accessTables: Migration = {
  name: '0004-access',
  up: `
    CREATE TABLE contexts (
      kind text NOT NULL CHECK (kind IN ('site', 'department', 'course', 'group', 'item')),
      id uuid NOT NULL,
      parent_kind text,
      parent_id uuid,
      PRIMARY KEY (kind, id),
      FOREIGN KEY (parent_kind, parent_id) REFERENCES contexts (kind, id),
      CHECK ((kind = 'site') = (parent_id IS NULL)),
      CHECK ((parent_kind IS NULL) = (parent_id IS NULL))
    );
    CREATE INDEX contexts_parent ON contexts (parent_kind, parent_id);
    INSERT INTO contexts (kind, id) VALUES ('site', '00000000-0000-0000-0000-000000000000');

    CREATE TABLE role_assignments (
      account_id uuid NOT NULL REFERENCES accounts (id),
      context_kind text NOT NULL,
      context_id uuid NOT NULL,
      role text NOT NULL,
      assigned_at timestamptz NOT NULL,
      PRIMARY KEY (account_id, context_kind, context_id),
      FOREIGN KEY (context_kind, context_id) REFERENCES contexts (kind, id)
    );
    CREATE INDEX role_assignments_context ON role_assignments (context_kind, context_id, role);
  `,
}
