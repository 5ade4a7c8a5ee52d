// Passkeys: the public half of each, which is no secret, and what keeps an answer from being taken twice.
import type { Migration } from '#server/platform/db/migrate.ts'

export const passkeysTable: Migration = {
  name: '0083-passkeys',
  up: `
    CREATE TABLE passkeys (
      id uuid PRIMARY KEY,
      account_id uuid NOT NULL REFERENCES accounts (id),
      credential text NOT NULL UNIQUE,
      public_key bytea NOT NULL,
      counter bigint NOT NULL,
      transports text[] NOT NULL,
      host text NOT NULL,
      name text NOT NULL,
      synced boolean NOT NULL,
      created_at timestamptz NOT NULL,
      last_used_at timestamptz,
      last_asked_at timestamptz NOT NULL
    );
    CREATE INDEX passkeys_account ON passkeys (account_id);
  `,
}
