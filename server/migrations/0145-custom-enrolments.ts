// Somebody may be in a course with a role made here. `role` goes on to say what that is based on, by which every list of
// learners and staff counts them; what they may comes from the role itself, which `roles_held` tells.
import type { Migration } from '#server/platform/db/migrate.ts'

export const customEnrolments: Migration = {
  name: '0145-custom-enrolments',
  up: `
    ALTER TABLE role_assignments ADD COLUMN custom uuid REFERENCES custom_roles (id);
    CREATE INDEX role_assignments_custom ON role_assignments (custom) WHERE custom IS NOT NULL;

    -- A node of the version before gives another role and knows nothing of this column.
    CREATE FUNCTION role_assignments_leave_custom() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.custom := NULL;
        RETURN NEW;
      END $$;
    CREATE TRIGGER role_assignments_leave_custom BEFORE UPDATE OF role ON role_assignments FOR EACH ROW
      WHEN (NEW.role IS DISTINCT FROM OLD.role AND NEW.custom IS NOT DISTINCT FROM OLD.custom)
      EXECUTE FUNCTION role_assignments_leave_custom();

    CREATE OR REPLACE VIEW roles_held AS
      SELECT account_id, context_kind, context_id, coalesce(custom::text, role) AS role, assigned_at, role AS counts_as
        FROM role_assignments
      UNION ALL
      SELECT account_id, context_kind, context_id, role, granted_at, NULL FROM granted_roles;
  `,
}
