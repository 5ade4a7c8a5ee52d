// Channels in four forms, and what talk can do: titles, answers, names, reactions, earlier words, silence. Every course
// gets its three channels; their titles are the readers' own words for the form.
import type { Migration } from '#server/platform/db/migrate.ts'

export const channelForms: Migration = {
  name: '0027-channel-forms',
  up: `
    ALTER TABLE channels DROP CONSTRAINT channels_form_check;
    ALTER TABLE channels
      ADD CONSTRAINT channels_form_check CHECK (form IN ('chat', 'forum', 'announcements', 'direct')),
      -- Without an index, as last_number: both move with every message.
      ADD COLUMN last_at timestamptz,
      -- Announcements that may be answered.
      ADD COLUMN replies boolean NOT NULL DEFAULT false,
      -- A talk between two, of which there is one; other direct ones are groups.
      ADD COLUMN pair boolean NOT NULL DEFAULT false;
    UPDATE channels c SET last_at = m.sent_at FROM messages m WHERE m.channel_id = c.id AND m.number = c.last_number;
    CREATE UNIQUE INDEX channels_of_course ON channels (context_id, form) WHERE context_kind = 'course';
    INSERT INTO channels (id, form, context_kind, context_id, title, created_at)
      SELECT gen_random_uuid(), form, 'course', c.id, '', now()
      FROM courses c CROSS JOIN unnest(ARRAY['chat', 'forum', 'announcements']) AS form;

    ALTER TABLE messages
      ADD COLUMN title text,
      ADD COLUMN reply_to uuid REFERENCES messages (id);
    CREATE INDEX messages_reply_to ON messages (reply_to) WHERE reply_to IS NOT NULL;

    ALTER TABLE reads ADD COLUMN muted_until timestamptz;

    -- Who is in a direct channel. Who left stays known, for what they said stays.
    CREATE TABLE channel_members (
      channel_id uuid NOT NULL REFERENCES channels (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      joined_at timestamptz NOT NULL,
      left_at timestamptz,
      PRIMARY KEY (channel_id, account_id)
    );
    CREATE INDEX channel_members_account ON channel_members (account_id) WHERE left_at IS NULL;

    CREATE TABLE blocks (
      account_id uuid NOT NULL REFERENCES accounts (id),
      blocked_id uuid NOT NULL REFERENCES accounts (id),
      at timestamptz NOT NULL,
      PRIMARY KEY (account_id, blocked_id),
      CHECK (account_id <> blocked_id)
    );
    CREATE INDEX blocks_blocked ON blocks (blocked_id);

    -- What a message said before it was edited; goes with its words.
    CREATE TABLE message_versions (
      message_id uuid NOT NULL REFERENCES messages (id),
      version integer NOT NULL,
      text text NOT NULL,
      at timestamptz NOT NULL,
      PRIMARY KEY (message_id, version)
    );

    CREATE TABLE reactions (
      message_id uuid NOT NULL REFERENCES messages (id),
      emoji text NOT NULL,
      account_id uuid NOT NULL REFERENCES accounts (id),
      at timestamptz NOT NULL,
      PRIMARY KEY (message_id, emoji, account_id)
    );
    CREATE INDEX reactions_account ON reactions (account_id);

    -- Whom a message names. Channel and number stand here too: what is unread is asked by them.
    CREATE TABLE mentions (
      message_id uuid NOT NULL REFERENCES messages (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      channel_id uuid NOT NULL REFERENCES channels (id),
      number integer NOT NULL,
      PRIMARY KEY (message_id, account_id)
    );
    CREATE INDEX mentions_channel ON mentions (channel_id, number);
    CREATE INDEX mentions_account ON mentions (account_id, channel_id, number);
  `,
}
