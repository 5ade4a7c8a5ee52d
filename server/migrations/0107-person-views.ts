// When administrators saw Lectern as a person does, and why: for the audit, and for the person to read.
import type { Migration } from '#server/platform/db/migrate.ts'

export const personViewsTable: Migration = {
  name: '0107-person-views',
  up: `
    CREATE TABLE person_views (
      id uuid PRIMARY KEY,
      viewer_id uuid NOT NULL REFERENCES accounts (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      reason text NOT NULL,
      at timestamptz NOT NULL,
      until timestamptz NOT NULL
    );
    CREATE INDEX person_views_account ON person_views (account_id, id DESC);
    CREATE INDEX person_views_viewer ON person_views (viewer_id);
  `,
}
