// Mails on their way and what became of them.
import type { Migration } from '#server/platform/db/migrate.ts'

export const mailsTable: Migration = {
  name: '0084-mails',
  up: `
    CREATE TABLE mails (
      id uuid PRIMARY KEY,
      -- Who gets it, where they have an account.
      account_id uuid REFERENCES accounts (id),
      -- What it belongs to, as 'invitation <id>', or empty.
      about text NOT NULL,
      -- Sealed, for it may hold a link that lets somebody in; gone once nothing is left to send.
      content bytea,
      state text NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
      tries integer NOT NULL DEFAULT 0,
      reason text,
      answer text NOT NULL DEFAULT '',
      created_at timestamptz NOT NULL,
      ends_at timestamptz NOT NULL,
      done_at timestamptz
    );
    CREATE INDEX mails_about ON mails (about, created_at) WHERE about <> '';
    CREATE INDEX mails_account ON mails (account_id);
    CREATE INDEX mails_created ON mails (created_at);
  `,
}
