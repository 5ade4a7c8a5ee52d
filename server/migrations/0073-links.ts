// Links in courses. Whether one is published, hidden or removed is kept by its item.
import type { Migration } from '#server/platform/db/migrate.ts'

export const linksTable: Migration = {
  name: '0073-links',
  up: `
    CREATE TABLE links (
      id uuid PRIMARY KEY,
      course_id uuid NOT NULL REFERENCES courses (id),
      title text NOT NULL,
      address text NOT NULL,
      note text NOT NULL,
      version integer NOT NULL DEFAULT 0,
      changed_at timestamptz NOT NULL
    );
    CREATE INDEX links_course ON links (course_id);
  `,
}
