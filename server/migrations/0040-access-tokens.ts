// Access tokens: what programs send in place of a session.
import type { Migration } from '#server/platform/db/migrate.ts'

export const accessTokensTable: Migration = {
  name: '0040-access-tokens',
  up: `
    CREATE TABLE access_tokens (
      id uuid PRIMARY KEY,
      account_id uuid NOT NULL REFERENCES accounts (id),
      token_hash bytea NOT NULL UNIQUE,
      name text NOT NULL,
      scopes text[] NOT NULL,
      created_at timestamptz NOT NULL,
      last_used_at timestamptz,
      expires_at timestamptz
    );
    CREATE INDEX access_tokens_account ON access_tokens (account_id);
  `,
}
