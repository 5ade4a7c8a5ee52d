// An invitation may lead into a course with a role, and can be taken back before it is used.
import type { Migration } from '#server/platform/db/migrate.ts'

export const invitationsIntoCourses: Migration = {
  name: '0023-invitations',
  up: `
    ALTER TABLE invitations
      ADD COLUMN role text CHECK (role IN ('instructor', 'assistant', 'learner')),
      ADD COLUMN revoked_at timestamptz;
    UPDATE invitations SET role = 'learner' WHERE course_id IS NOT NULL;
    ALTER TABLE invitations ADD CONSTRAINT invitations_role_in_course CHECK ((course_id IS NULL) = (role IS NULL));
    CREATE INDEX invitations_open ON invitations (course_id, id) WHERE used_at IS NULL AND revoked_at IS NULL;

    ALTER TABLE enrolments DROP CONSTRAINT enrolments_how_check;
    ALTER TABLE enrolments ADD CONSTRAINT enrolments_how_check
      CHECK (how IN ('by hand', 'join code', 'invitation'));
  `,
}
