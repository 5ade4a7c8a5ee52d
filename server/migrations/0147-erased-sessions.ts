// A browser is told as well that it is out because its account was erased. The column names nobody.
import type { Migration } from '#server/platform/db/migrate.ts'

export const erasedSessions: Migration = {
  name: '0147-erased-sessions',
  up: `
    ALTER TABLE ended_sessions ADD COLUMN why text NOT NULL DEFAULT 'signed-out' CHECK (why IN ('signed-out', 'erased'));
  `,
}
