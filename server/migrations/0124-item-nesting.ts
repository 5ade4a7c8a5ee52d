// What an item of a course stands under: it is shown indented below it.
import type { Migration } from '#server/platform/db/migrate.ts'

export const itemNesting: Migration = {
  name: '0124-item-nesting',
  up: `
    -- The items it stands under, the outermost first. One that is gone or not seen is passed over as it is read.
    ALTER TABLE items ADD COLUMN under uuid[] NOT NULL DEFAULT '{}' CHECK (cardinality(under) <= 3);
  `,
}
