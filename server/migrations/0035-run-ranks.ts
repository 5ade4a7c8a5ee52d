// Ranks of a class: how long an answer travelled, what each seat's speed earned in a delivery, and what a class shows of it.
// Never grades.
import type { Migration } from '#server/platform/db/migrate.ts'

export const runRanks: Migration = {
  name: '0035-run-ranks',
  up: `
    -- Milliseconds from the browser to the server, as the server measured them.
    ALTER TABLE responses ADD COLUMN travel_ms smallint NOT NULL DEFAULT 0;
    ALTER TABLE runs
      ADD COLUMN ranks text NOT NULL DEFAULT 'off' CHECK (ranks IN ('off', 'names', 'nameless')),
      ADD COLUMN ranks_shown text CHECK (ranks_shown IN ('top', 'podium'));
    CREATE TABLE run_ranks (
      delivery_id uuid NOT NULL REFERENCES deliveries (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      -- By item; written when it is revealed, so that nothing here tells what is not known.
      items jsonb NOT NULL,
      points integer NOT NULL,
      gained integer NOT NULL,
      rank integer NOT NULL,
      PRIMARY KEY (delivery_id, account_id)
    );
    CREATE INDEX run_ranks_rank ON run_ranks (delivery_id, rank);
    CREATE INDEX run_ranks_account ON run_ranks (account_id);
  `,
}
