// Pages as trees. A page without one is Markdown, as it was written before, and becomes a tree when it is next saved; the
// words of a tree stand in `body` as before, for what reads words. Every version that was saved stays.
import type { Migration } from '#server/platform/db/migrate.ts'

export const pageDocuments: Migration = {
  name: '0061-page-documents',
  up: `
    ALTER TABLE pages ADD COLUMN document jsonb;

    CREATE TABLE page_versions (
      page_id uuid NOT NULL REFERENCES pages (id),
      version integer NOT NULL,
      title text NOT NULL,
      body text NOT NULL,
      document jsonb,
      at timestamptz NOT NULL,
      by_account uuid REFERENCES accounts (id),
      PRIMARY KEY (page_id, version)
    );
  `,
}
