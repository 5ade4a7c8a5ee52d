// Text pages. Where a page stands and who sees it is kept by its item.
import type { Migration } from '#server/platform/db/migrate.ts'

export const contentTables: Migration = {
  name: '0006-content',
  up: `
    CREATE TABLE pages (
      id uuid PRIMARY KEY,
      course_id uuid NOT NULL REFERENCES courses (id),
      title text NOT NULL,
      body text NOT NULL DEFAULT '',
      version integer NOT NULL DEFAULT 0,
      changed_at timestamptz NOT NULL
    );
    CREATE INDEX pages_course ON pages (course_id);
  `,
}
