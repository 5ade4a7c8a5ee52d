// What is left of a session that an administrator ended: by it a browser is told why it is out. It names nobody, and lets
// nobody in: the session itself is gone, on nodes of an earlier version too.
import type { Migration } from '#server/platform/db/migrate.ts'

export const endedSessionsTable: Migration = {
  name: '0121-ended-sessions',
  up: `
    CREATE TABLE ended_sessions (
      token_hash bytea PRIMARY KEY,
      expires_at timestamptz NOT NULL
    );
    CREATE INDEX ended_sessions_expire ON ended_sessions (expires_at);
  `,
}
