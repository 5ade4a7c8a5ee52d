// The list of notifications by its own moment and id: neither says more of when something was written than the row does.
import type { Migration } from '#server/platform/db/migrate.ts'

export const notificationsOrder: Migration = {
  name: '0050-notifications-order',
  up: `
    CREATE INDEX notifications_moment ON notifications (account_id, at DESC, id DESC);
  `,
}
