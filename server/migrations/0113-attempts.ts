// Several attempts at one homework: how many it allows and which one counts, each attempt's number and whether it is the one
// that counts; and what a course says of that where homework says nothing.
import type { Migration } from '#server/platform/db/migrate.ts'

export const attemptsTables: Migration = {
  name: '0113-attempts',
  up: `
    ALTER TABLE deliveries
      -- How often one person may take it; null: as often as they like. In class it is once.
      ADD COLUMN attempts_most smallint DEFAULT 1 CHECK (attempts_most BETWEEN 1 AND 20),
      ADD COLUMN attempts_counts text NOT NULL DEFAULT 'best' CHECK (attempts_counts IN ('best', 'last', 'first')),
      ADD CHECK (mode = 'homework' OR attempts_most IS NOT DISTINCT FROM 1);
    ALTER TABLE attempts
      ADD COLUMN number smallint NOT NULL DEFAULT 1 CHECK (number >= 1),
      -- Of a person's attempts at a delivery the one whose evidence is the grade; the first until one is handed in.
      ADD COLUMN counts boolean NOT NULL DEFAULT true,
      DROP CONSTRAINT attempts_delivery_id_account_id_key,
      ADD UNIQUE (delivery_id, account_id, number);
    ALTER TABLE gradings ADD COLUMN attempts jsonb NOT NULL DEFAULT '{"most": 1, "counts": "best"}';
  `,
}
