// Notifications: what concerns one person, grouped while unread; what was said to whom, so that it is said once.
import type { Migration } from '#server/platform/db/migrate.ts'

export const notificationsTables: Migration = {
  name: '0042-notifications',
  up: `
    -- What it is about belongs to lower features: ids without a key. \`place\` is new with each that joins the group: the
    -- order of the list.
    CREATE TABLE notifications (
      id uuid PRIMARY KEY,
      account_id uuid NOT NULL REFERENCES accounts (id),
      kind text NOT NULL,
      ref_id uuid NOT NULL,
      course_id uuid,
      message_id uuid,
      count integer NOT NULL DEFAULT 1,
      at timestamptz NOT NULL,
      read_at timestamptz,
      place uuid NOT NULL
    ) WITH (fillfactor = 80);
    CREATE INDEX notifications_list ON notifications (account_id, place DESC);
    CREATE UNIQUE INDEX notifications_unread ON notifications (account_id, kind, ref_id) WHERE read_at IS NULL;

    -- Its row is locked by whoever changes what one person has: the figure is exact.
    CREATE TABLE notification_states (
      account_id uuid PRIMARY KEY REFERENCES accounts (id),
      unread integer NOT NULL DEFAULT 0,
      silenced text[] NOT NULL DEFAULT '{}'
    ) WITH (fillfactor = 70);

    -- A job may run twice, an event may be told by two roads: each source reaches a person once.
    CREATE TABLE notification_sources (
      account_id uuid NOT NULL REFERENCES accounts (id),
      source text NOT NULL,
      at timestamptz NOT NULL,
      PRIMARY KEY (account_id, source)
    );
    CREATE INDEX notification_sources_at ON notification_sources (at);
  `,
}
