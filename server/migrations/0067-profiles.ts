// What people say of themselves: pronouns, a few lines, a picture; and the fields that administrators define.
import type { Migration } from '#server/platform/db/migrate.ts'

export const profilesTables: Migration = {
  name: '0067-profiles',
  up: `
    ALTER TABLE accounts
      ADD COLUMN pronouns text NOT NULL DEFAULT '',
      ADD COLUMN bio text NOT NULL DEFAULT '';

    -- Small and always ours: made anew from what was uploaded, so a table keeps it, and it goes with its account.
    CREATE TABLE avatars (
      account_id uuid PRIMARY KEY REFERENCES accounts (id),
      id uuid NOT NULL UNIQUE,
      image bytea NOT NULL,
      at timestamptz NOT NULL
    );

    CREATE TABLE profile_fields (
      id uuid PRIMARY KEY,
      name text NOT NULL,
      kind text NOT NULL CHECK (kind IN ('text', 'menu', 'date', 'checkbox')),
      options text[] NOT NULL DEFAULT '{}',
      -- Who sees it beside the person: all who share a course, who teaches them, or administrators alone.
      seen_by text NOT NULL CHECK (seen_by IN ('fellows', 'teachers', 'administrators')),
      filled_by text NOT NULL CHECK (filled_by IN ('person', 'administrators')),
      place integer NOT NULL,
      version integer NOT NULL DEFAULT 0,
      removed_at timestamptz
    );

    CREATE TABLE profile_values (
      account_id uuid NOT NULL REFERENCES accounts (id),
      field_id uuid NOT NULL REFERENCES profile_fields (id),
      value text NOT NULL,
      PRIMARY KEY (account_id, field_id)
    );
    CREATE INDEX profile_values_field ON profile_values (field_id);
  `,
}
