// What webhooks sent is kept for a month, unless the school says otherwise.
import type { Migration } from '#server/platform/db/migrate.ts'

export const webhooksKept: Migration = {
  name: '0106-webhooks-kept',
  up: `INSERT INTO retention_windows (kind, months, changed_at) VALUES ('webhooks', 1, now())`,
}
