// A row of an import may enrol with a role made here. `role` then says learner: a node of the version before, which knows no
// other, makes a learner of whom the row is about.
import type { Migration } from '#server/platform/db/migrate.ts'

export const importRoles: Migration = {
  name: '0150-import-roles',
  up: 'ALTER TABLE import_rows ADD COLUMN custom uuid REFERENCES custom_roles (id);',
}
