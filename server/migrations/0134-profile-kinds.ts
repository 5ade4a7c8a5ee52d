// Fields of a profile that hold several lines, or the address of a page elsewhere.
import type { Migration } from '#server/platform/db/migrate.ts'

export const profileKinds: Migration = {
  name: '0134-profile-kinds',
  up: `
    ALTER TABLE profile_fields DROP CONSTRAINT profile_fields_kind_check;
    ALTER TABLE profile_fields ADD CONSTRAINT profile_fields_kind_check
      CHECK (kind IN ('text', 'long-text', 'menu', 'date', 'checkbox', 'link'));
  `,
}
