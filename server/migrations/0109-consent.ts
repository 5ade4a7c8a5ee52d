// The texts of the school that people agree to, in versions, and who agreed to which. Neither is ever changed.
import type { Migration } from '#server/platform/db/migrate.ts'

export const consentTables: Migration = {
  name: '0109-consent',
  up: `
    CREATE TABLE consent_texts (
      version integer PRIMARY KEY,
      texts jsonb NOT NULL,
      asks text NOT NULL CHECK (asks IN ('again', 'inform')),
      published_by uuid NOT NULL REFERENCES accounts (id),
      published_at timestamptz NOT NULL
    );
    CREATE INDEX consent_texts_published_by ON consent_texts (published_by);
    CREATE TABLE consent_agreements (
      id uuid PRIMARY KEY,
      account_id uuid NOT NULL REFERENCES accounts (id),
      version integer NOT NULL REFERENCES consent_texts (version),
      by_id uuid NOT NULL REFERENCES accounts (id),
      at timestamptz NOT NULL
    );
    CREATE INDEX consent_agreements_account ON consent_agreements (account_id, id);
    CREATE INDEX consent_agreements_by ON consent_agreements (by_id);

    ALTER TABLE accounts ADD COLUMN agreed integer NOT NULL DEFAULT 0;
  `,
}
