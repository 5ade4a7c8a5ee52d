// Whether and when somebody gets their notifications by mail.
import type { Migration } from '#server/platform/db/migrate.ts'

export const notificationMails: Migration = {
  name: '0085-notification-mails',
  up: `
    ALTER TABLE notification_states
      ADD COLUMN mail text NOT NULL DEFAULT 'off' CHECK (mail IN ('off', 'daily', 'soon')),
      -- What came until then was mailed, or is not to be.
      ADD COLUMN mailed_at timestamptz,
      -- When the next mail is planned for; a job of another time does nothing.
      ADD COLUMN mail_at timestamptz;
  `,
}
