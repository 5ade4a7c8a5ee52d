// Roles made here, roles given in any place beside an enrolment, and what places say about roles.
import type { Migration } from '#server/platform/db/migrate.ts'

export const rolesTables: Migration = {
  name: '0074-roles',
  up: `
    CREATE TABLE custom_roles (
      id uuid PRIMARY KEY,
      name text NOT NULL,
      note text NOT NULL DEFAULT '',
      based_on text NOT NULL,
      capabilities text[] NOT NULL,
      version integer NOT NULL DEFAULT 0,
      created_at timestamptz NOT NULL,
      created_by uuid REFERENCES accounts (id),
      removed_at timestamptz,
      removed_by uuid REFERENCES accounts (id)
    );
    CREATE UNIQUE INDEX custom_roles_name ON custom_roles (lower(name)) WHERE removed_at IS NULL;

    CREATE TABLE granted_roles (
      account_id uuid NOT NULL REFERENCES accounts (id),
      context_kind text NOT NULL,
      context_id uuid NOT NULL,
      role text NOT NULL,
      granted_at timestamptz NOT NULL,
      granted_by uuid REFERENCES accounts (id),
      PRIMARY KEY (account_id, context_kind, context_id, role),
      FOREIGN KEY (context_kind, context_id) REFERENCES contexts (kind, id)
    );
    CREATE INDEX granted_roles_context ON granted_roles (context_kind, context_id, role);
    CREATE INDEX granted_roles_role ON granted_roles (role);

    CREATE TABLE role_overrides (
      context_kind text NOT NULL,
      context_id uuid NOT NULL,
      role text NOT NULL,
      capability text NOT NULL,
      permission text NOT NULL CHECK (permission IN ('allow', 'prevent', 'prohibit')),
      changed_at timestamptz NOT NULL,
      changed_by uuid REFERENCES accounts (id),
      PRIMARY KEY (context_kind, context_id, role, capability),
      FOREIGN KEY (context_kind, context_id) REFERENCES contexts (kind, id)
    );
    CREATE INDEX role_overrides_role ON role_overrides (role);

    CREATE VIEW roles_held AS
      SELECT account_id, context_kind, context_id, role, assigned_at FROM role_assignments
      UNION ALL
      SELECT account_id, context_kind, context_id, role, granted_at FROM granted_roles;
  `,
}
