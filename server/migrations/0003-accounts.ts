// People: their accounts, their signed-in devices, and the links by which new ones come in. Secrets are hashes only.
import type { Migration } from '#server/platform/db/migrate.ts'

export const accountsTables: Migration = {
  name: '0003-accounts',
  up: `
    CREATE TABLE accounts (
      id uuid PRIMARY KEY,
      kind text NOT NULL CHECK (kind IN ('member', 'guest')),
      email text,
      name text NOT NULL,
      password_hash text,
      site_role text NOT NULL CHECK (site_role IN ('administrator', 'member', 'guest')),
      locale text NOT NULL DEFAULT 'en',
      time_zone text NOT NULL DEFAULT 'UTC',
      -- Belongs to the demo school, whose passwords everybody knows.
      demo text CHECK (demo IN ('staff', 'learner')),
      suspended_at timestamptz,
      erased_at timestamptz,
      -- This account's rows went to another one; its id leads there.
      merged_into uuid REFERENCES accounts (id),
      -- Counters of the user scope: a change says "ask again", never what changed.
      courses_changed integer NOT NULL DEFAULT 0,
      grades_changed integer NOT NULL DEFAULT 0,
      version integer NOT NULL DEFAULT 0,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE UNIQUE INDEX accounts_email ON accounts (lower(email));
    CREATE INDEX accounts_demo ON accounts (demo) WHERE demo IS NOT NULL;
    CREATE INDEX accounts_administrators ON accounts (id) WHERE site_role = 'administrator';
    CREATE INDEX accounts_merged ON accounts (merged_into) WHERE merged_into IS NOT NULL;

    CREATE TABLE sessions (
      id uuid PRIMARY KEY,
      token_hash bytea NOT NULL UNIQUE,
      account_id uuid NOT NULL REFERENCES accounts (id),
      created_at timestamptz NOT NULL,
      last_seen_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      user_agent text NOT NULL DEFAULT '',
      -- The network, not the machine: 192.0.2.x.
      address text NOT NULL DEFAULT '',
      device_kind text NOT NULL CHECK (device_kind IN ('computer', 'phone', 'tablet', 'other'))
    );
    CREATE INDEX sessions_account ON sessions (account_id, last_seen_at);
    CREATE INDEX sessions_expiry ON sessions (expires_at);

    CREATE TABLE invitations (
      id uuid PRIMARY KEY,
      token_hash bytea NOT NULL UNIQUE,
      email text,
      site_role text NOT NULL CHECK (site_role IN ('administrator', 'member')),
      -- The course the person is to join, named without a key: courses come later in the order.
      course_id uuid,
      invited_by uuid NOT NULL REFERENCES accounts (id),
      created_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      used_at timestamptz,
      used_by uuid REFERENCES accounts (id)
    );
    CREATE INDEX invitations_invited_by ON invitations (invited_by, created_at);

    CREATE TABLE setup_tokens (
      id uuid PRIMARY KEY,
      token_hash bytea NOT NULL UNIQUE,
      created_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      used_at timestamptz
    );

    CREATE TABLE settings (
      key text PRIMARY KEY,
      value jsonb NOT NULL,
      changed_at timestamptz NOT NULL DEFAULT now()
    );
  `,
}
