// What keeps people from pages and files, as it was found last, and what owners were asked to mend.
import type { Migration } from '#server/platform/db/migrate.ts'

export const accessibilityTables: Migration = {
  name: '0079-accessibility',
  up: `
    CREATE TABLE findings_checks (
      kind text NOT NULL,
      ref_id uuid NOT NULL,
      course_id uuid NOT NULL REFERENCES courses (id),
      -- What was looked at: another one says that it is to be looked at anew.
      stamp text NOT NULL,
      findings jsonb NOT NULL,
      barriers integer NOT NULL,
      hurdles integer NOT NULL,
      checked_at timestamptz NOT NULL,
      PRIMARY KEY (kind, ref_id)
    );
    CREATE INDEX findings_checks_course ON findings_checks (course_id);
    CREATE TABLE findings_states (
      course_id uuid PRIMARY KEY REFERENCES courses (id),
      changes integer NOT NULL DEFAULT 0
    );
    CREATE TABLE findings_requests (
      id uuid PRIMARY KEY,
      by_account uuid REFERENCES accounts (id),
      note text NOT NULL,
      at timestamptz NOT NULL
    );
    CREATE INDEX findings_requests_by ON findings_requests (by_account);
    CREATE TABLE findings_requested (
      request_id uuid NOT NULL REFERENCES findings_requests (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      course_id uuid NOT NULL REFERENCES courses (id),
      kind text NOT NULL,
      ref_id uuid NOT NULL,
      at timestamptz NOT NULL,
      PRIMARY KEY (request_id, account_id, kind, ref_id)
    );
    CREATE INDEX findings_requested_of ON findings_requested (account_id, ref_id, at);
  `,
}
