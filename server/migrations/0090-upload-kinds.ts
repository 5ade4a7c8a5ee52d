// Uploads that become other things than files of a course, and the room of a person for what no course holds.
import type { Migration } from '#server/platform/db/migrate.ts'

export const uploadKinds: Migration = {
  name: '0090-upload-kinds',
  up: `
    ALTER TABLE uploads
      ALTER COLUMN course_id DROP NOT NULL,
      ADD COLUMN kind text NOT NULL DEFAULT 'file',
      -- Of what it is to become one, by its kind.
      ADD COLUMN ref_id uuid;

    CREATE TABLE personal_spaces (
      account_id uuid PRIMARY KEY REFERENCES accounts (id),
      limit_bytes bigint NOT NULL,
      used_bytes bigint NOT NULL DEFAULT 0 CHECK (used_bytes >= 0)
    );
  `,
}
