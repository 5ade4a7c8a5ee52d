// People as administrators look after them: listed by name and by age, and let in by a link where they have no password.
import type { Migration } from '#server/platform/db/migrate.ts'

export const sitePeople: Migration = {
  name: '0068-site-people',
  up: `
    CREATE INDEX accounts_by_name ON accounts (lower(name), id) WHERE erased_at IS NULL AND merged_into IS NULL;
    -- Whose password the link sets; it makes no account then.
    ALTER TABLE invitations ADD COLUMN account_id uuid REFERENCES accounts (id);
    CREATE INDEX invitations_account ON invitations (account_id) WHERE account_id IS NOT NULL;
  `,
}
