// A cohort may come into a course with a role made here. `role` then is the least there is, and what a node of the version
// before, which knows no other, gives: what the made role takes away from it is not taken there.
import type { Migration } from '#server/platform/db/migrate.ts'

export const cohortRoles: Migration = {
  name: '0148-cohort-roles',
  up: `
    ALTER TABLE cohort_courses ADD COLUMN custom uuid REFERENCES custom_roles (id);

    -- A node of the version before gives another role and knows nothing of this column.
    CREATE TRIGGER cohort_courses_leave_custom BEFORE UPDATE OF role ON cohort_courses FOR EACH ROW
      WHEN (OLD.custom IS NOT NULL AND NEW.custom IS NOT DISTINCT FROM OLD.custom)
      EXECUTE FUNCTION role_assignments_leave_custom();
  `,
}
