// The same request to become a guest, sent again because its answer was lost, is the same guest.
import type { Migration } from '#server/platform/db/migrate.ts'

export const guestOnce: Migration = {
  name: '0024-guest-once',
  up: 'ALTER TABLE accounts ADD COLUMN guest_operation uuid UNIQUE',
}
