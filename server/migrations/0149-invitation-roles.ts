// An invitation may lead into a course with a role made here. `role` then says learner: a node of the version
// before, which knows no other, makes a learner of whoever comes by the link.
import type { Migration } from '#server/platform/db/migrate.ts'

export const invitationRoles: Migration = {
  name: '0149-invitation-roles',
  up: 'ALTER TABLE invitations ADD COLUMN custom uuid REFERENCES custom_roles (id);',
}
