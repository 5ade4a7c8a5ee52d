// What staff correct about who was in a class, and the right to it for every stored role that hosts classes.
import type { Migration } from '#server/platform/db/migrate.ts'

export const attendanceTables: Migration = {
  name: '0093-attendance',
  up: `
    -- One row a correction; the highest number holds. A null status goes back to what the evidence suggests.
    CREATE TABLE attendance_marks (
      run_id uuid NOT NULL REFERENCES runs (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      number integer NOT NULL,
      status text CHECK (status IN ('present', 'late', 'absent', 'excused')),
      note text NOT NULL DEFAULT '',
      by uuid REFERENCES accounts (id),
      at timestamptz NOT NULL,
      PRIMARY KEY (run_id, account_id, number)
    );
    CREATE INDEX attendance_marks_account ON attendance_marks (account_id);
    CREATE INDEX attendance_marks_by ON attendance_marks (by);
    CREATE TABLE attendance_changes (
      course_id uuid PRIMARY KEY REFERENCES courses (id),
      changes integer NOT NULL
    );
    UPDATE custom_roles SET capabilities = array_append(capabilities, 'attendance.change')
     WHERE 'live.host' = ANY (capabilities) AND NOT 'attendance.change' = ANY (capabilities);
    -- Where a place takes the hosting of classes from a role, it takes the correction of attendance from it too.
    INSERT INTO role_overrides (context_kind, context_id, role, capability, permission, changed_at, changed_by)
    SELECT context_kind, context_id, role, 'attendance.change', permission, changed_at, changed_by FROM role_overrides
     WHERE capability = 'live.host' AND permission <> 'allow'
    ON CONFLICT DO NOTHING;
  `,
}
