// Second steps of a sign-in: the key of an authenticator app, sealed, and recovery codes, hashed.
import type { Migration } from '#server/platform/db/migrate.ts'

export const factorsTables: Migration = {
  name: '0075-factors',
  up: `
    CREATE TABLE totp_factors (
      account_id uuid PRIMARY KEY REFERENCES accounts (id),
      sealed_key bytea NOT NULL,
      confirmed_at timestamptz,
      last_step bigint NOT NULL DEFAULT 0,
      created_at timestamptz NOT NULL
    );
    CREATE TABLE recovery_codes (
      account_id uuid NOT NULL REFERENCES accounts (id),
      code_hash bytea NOT NULL,
      created_at timestamptz NOT NULL,
      PRIMARY KEY (account_id, code_hash)
    );
  `,
}
