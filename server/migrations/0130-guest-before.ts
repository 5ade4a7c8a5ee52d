// Who a device was a guest as before its person signed in: what they did then is theirs to bring along.
import type { Migration } from '#server/platform/db/migrate.ts'

export const guestBefore: Migration = {
  name: '0130-guest-before',
  up: `
    ALTER TABLE sessions ADD COLUMN guest_id uuid REFERENCES accounts (id);
    CREATE INDEX sessions_guest ON sessions (guest_id) WHERE guest_id IS NOT NULL;
  `,
}
