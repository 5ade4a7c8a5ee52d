// Hands raised in a class. A row whose hand was lowered with all others waits until its seat has been told.
import type { Migration } from '#server/platform/db/migrate.ts'

export const runHands: Migration = {
  name: '0034-run-hands',
  up: `
    CREATE TABLE run_hands (
      run_id uuid NOT NULL REFERENCES runs (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      raised_at timestamptz NOT NULL,
      called_at timestamptz,
      lowered_at timestamptz,
      PRIMARY KEY (run_id, account_id)
    );
    CREATE INDEX run_hands_account ON run_hands (account_id);
  `,
}
