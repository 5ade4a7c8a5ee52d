// Who has read which page of a course: the one part of progress that no other record holds.
import type { Migration } from '#server/platform/db/migrate.ts'

export const pageReads: Migration = {
  name: '0038-page-reads',
  up: `
    CREATE TABLE page_reads (
      page_id uuid NOT NULL REFERENCES pages (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      at timestamptz NOT NULL,
      PRIMARY KEY (page_id, account_id)
    );
    CREATE INDEX page_reads_account ON page_reads (account_id);
  `,
}
