// Talk: channels, their messages and how far each person has read.
import type { Migration } from '#server/platform/db/migrate.ts'

export const channelsTables: Migration = {
  name: '0020-channels',
  up: `
    -- Room on the page: last_number moves with every message and must not touch an index.
    CREATE TABLE channels (
      id uuid PRIMARY KEY,
      form text NOT NULL CHECK (form IN ('chat')),
      context_kind text NOT NULL,
      context_id uuid NOT NULL,
      title text NOT NULL,
      last_number integer NOT NULL DEFAULT 0,
      open boolean NOT NULL DEFAULT true,
      created_at timestamptz NOT NULL DEFAULT now()
    ) WITH (fillfactor = 50);
    CREATE INDEX channels_context ON channels (context_kind, context_id);

    -- A removed message keeps its number and its author; its text is gone.
    CREATE TABLE messages (
      id uuid PRIMARY KEY,
      channel_id uuid NOT NULL REFERENCES channels (id),
      number integer NOT NULL,
      author_id uuid NOT NULL REFERENCES accounts (id),
      text text,
      sent_at timestamptz NOT NULL,
      edited_at timestamptz,
      removed_at timestamptz,
      removed_by uuid REFERENCES accounts (id),
      version integer NOT NULL DEFAULT 0,
      UNIQUE (channel_id, number)
    );
    CREATE INDEX messages_author ON messages (author_id, channel_id);
    CREATE INDEX messages_removed_by ON messages (removed_by) WHERE removed_by IS NOT NULL;

    CREATE TABLE reads (
      channel_id uuid NOT NULL REFERENCES channels (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      number integer NOT NULL,
      PRIMARY KEY (channel_id, account_id)
    ) WITH (fillfactor = 70);
    CREATE INDEX reads_account ON reads (account_id);
  `,
}
