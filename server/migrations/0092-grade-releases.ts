// Columns of a gradebook held back until they are released, and the right to do it for every stored role that changes grades.
import type { Migration } from '#server/platform/db/migrate.ts'

export const gradeReleases: Migration = {
  name: '0092-grade-releases',
  up: `
    ALTER TABLE grade_items
      ADD COLUMN held_at timestamptz,
      ADD COLUMN releases_at timestamptz,
      ADD COLUMN released_at timestamptz,
      ADD CHECK (releases_at IS NULL OR held_at IS NOT NULL);
    ALTER TABLE gradebooks ADD COLUMN holds boolean NOT NULL DEFAULT false;
    UPDATE custom_roles SET capabilities = array_append(capabilities, 'grade.release')
     WHERE 'grade.change' = ANY (capabilities) AND NOT 'grade.release' = ANY (capabilities);
  `,
}
