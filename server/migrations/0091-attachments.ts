// Files that are sent in messages. Who might write in talk by a role made here may send them, as those may who have a role
// that every Lectern has.
import type { Migration } from '#server/platform/db/migrate.ts'

export const attachmentsTable: Migration = {
  name: '0091-attachments',
  up: `
    CREATE TABLE attachments (
      -- Also of its bytes; says nothing of when it came.
      id uuid PRIMARY KEY,
      channel_id uuid NOT NULL REFERENCES channels (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      -- Whose room it takes; of no course: that of the account.
      course_id uuid REFERENCES courses (id),
      -- None until it is sent.
      message_id uuid REFERENCES messages (id),
      place integer,
      name text NOT NULL,
      form text NOT NULL CHECK (form IN ('image', 'audio', 'video', 'pdf', 'text', 'other')),
      type text NOT NULL,
      size bigint NOT NULL,
      -- Of a picture, in dots, as it is shown.
      width integer,
      height integer,
      -- A picture whose bytes say nothing of who made it, where and with what.
      bare boolean NOT NULL,
      at timestamptz NOT NULL,
      CHECK ((message_id IS NULL) = (place IS NULL))
    );
    CREATE INDEX attachments_message ON attachments (message_id, place) WHERE message_id IS NOT NULL;
    CREATE INDEX attachments_account ON attachments (account_id);
    CREATE INDEX attachments_unsent ON attachments (at) WHERE message_id IS NULL;

    UPDATE custom_roles SET capabilities = array_append(capabilities, 'channel.attach'), version = version + 1
     WHERE 'channel.write' = ANY (capabilities) AND NOT 'channel.attach' = ANY (capabilities);
  `,
}
