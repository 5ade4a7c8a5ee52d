// Captions of sound and film, and how much of it each person has watched.
import type { Migration } from '#server/platform/db/migrate.ts'

export const watchingTables: Migration = {
  name: '0071-watching',
  up: `
    CREATE SEQUENCE caption_versions AS integer;
    CREATE TABLE captions (
      file_id uuid NOT NULL REFERENCES files (id) ON DELETE CASCADE,
      language text NOT NULL,
      -- WebVTT, whatever was brought.
      text text NOT NULL,
      cues integer NOT NULL,
      -- What is said, without times and marks.
      words text NOT NULL,
      -- Never one that was there before: browsers keep captions under it.
      version integer NOT NULL DEFAULT nextval('caption_versions'),
      changed_at timestamptz NOT NULL,
      changed_by uuid REFERENCES accounts (id),
      PRIMARY KEY (file_id, language)
    );

    CREATE TABLE watches (
      file_id uuid NOT NULL REFERENCES files (id) ON DELETE CASCADE,
      account_id uuid NOT NULL REFERENCES accounts (id),
      place double precision NOT NULL,
      -- Whole seconds that were played, each once.
      spans int4multirange NOT NULL DEFAULT '{}',
      seconds integer NOT NULL DEFAULT 0,
      length integer NOT NULL,
      changed_at timestamptz NOT NULL,
      PRIMARY KEY (file_id, account_id)
    );
    CREATE INDEX watches_account ON watches (account_id);
  `,
}
