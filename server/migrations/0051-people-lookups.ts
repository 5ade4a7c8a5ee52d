// How many addresses somebody had looked up from lists on a day: a list tells who has an account, and what they are called.
import type { Migration } from '#server/platform/db/migrate.ts'

export const peopleLookups: Migration = {
  name: '0051-people-lookups',
  up: `
    CREATE TABLE people_lookups (
      account_id uuid NOT NULL REFERENCES accounts (id),
      day date NOT NULL,
      addresses integer NOT NULL,
      PRIMARY KEY (account_id, day)
    ) WITH (fillfactor = 70);
  `,
}
