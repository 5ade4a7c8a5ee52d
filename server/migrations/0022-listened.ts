// How far each listener has come in each scope. It stands apart from `handled`, which only says what was woken for:
// a listener's own number moves in the transaction in which it did its work.
import type { Migration } from '#server/platform/db/migrate.ts'

export const listenedTable: Migration = {
  name: '0022-listened',
  up: `
    CREATE TABLE listened (
      listener text NOT NULL,
      scope text COLLATE "C" NOT NULL,
      seq bigint NOT NULL,
      PRIMARY KEY (listener, scope)
    ) WITH (fillfactor = 50);
  `,
}
