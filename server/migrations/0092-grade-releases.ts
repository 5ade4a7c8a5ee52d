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
    -- Where a place takes the change of grades from a role, it takes their release from it too.
    INSERT INTO role_overrides (context_kind, context_id, role, capability, permission, changed_at, changed_by)
    SELECT context_kind, context_id, role, 'grade.release', permission, changed_at, changed_by FROM role_overrides
     WHERE capability = 'grade.change' AND permission <> 'allow'
    ON CONFLICT DO NOTHING;
  `,
}
