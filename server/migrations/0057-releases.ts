// When items and modules open and what opens them; what is shown to those alone for whom it is open.
import type { Migration } from '#server/platform/db/migrate.ts'

export const releasesTable: Migration = {
  name: '0057-releases',
  up: `
    ALTER TABLE items ADD COLUMN hidden boolean NOT NULL DEFAULT false;
    ALTER TABLE modules ADD COLUMN hidden boolean NOT NULL DEFAULT false;

    CREATE TABLE releases (
      subject text NOT NULL CHECK (subject IN ('item', 'module')),
      subject_id uuid NOT NULL,
      course_id uuid NOT NULL REFERENCES courses (id),
      opens_at timestamptz,
      closes_at timestamptz,
      tree jsonb,
      version integer NOT NULL,
      changed_at timestamptz NOT NULL,
      PRIMARY KEY (subject, subject_id)
    );
    CREATE INDEX releases_course ON releases (course_id);
  `,
}
