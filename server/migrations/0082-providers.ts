// Providers of sign-in elsewhere, their secrets sealed, and the accounts that people have there.
import type { Migration } from '#server/platform/db/migrate.ts'

export const providersTables: Migration = {
  name: '0082-providers',
  up: `
    CREATE TABLE providers (
      id uuid PRIMARY KEY,
      name text NOT NULL,
      issuer text NOT NULL,
      client_id text NOT NULL,
      sealed_secret bytea,
      scopes text[] NOT NULL,
      newcomers text NOT NULL CHECK (newcomers IN ('connected', 'domains')),
      domains text[] NOT NULL,
      vouched boolean NOT NULL,
      minors boolean NOT NULL,
      trusted boolean NOT NULL,
      enabled boolean NOT NULL,
      version integer NOT NULL DEFAULT 0,
      removed_at timestamptz,
      created_at timestamptz NOT NULL
    );
    CREATE UNIQUE INDEX providers_issuer ON providers (issuer) WHERE removed_at IS NULL;
    CREATE TABLE identities (
      id uuid PRIMARY KEY,
      account_id uuid NOT NULL REFERENCES accounts (id),
      issuer text NOT NULL,
      subject text NOT NULL,
      label text NOT NULL,
      created_at timestamptz NOT NULL,
      last_used_at timestamptz,
      UNIQUE (issuer, subject)
    );
    CREATE INDEX identities_account ON identities (account_id);
  `,
}
