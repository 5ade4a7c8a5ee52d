// An item of a course that only some may see stands outside the scope that everybody in the course hears.
import type { Migration } from '#server/platform/db/migrate.ts'

export const itemAudience: Migration = {
  name: '0036-item-audience',
  up: `
    ALTER TABLE items ADD COLUMN audience text NOT NULL DEFAULT 'everybody' CHECK (audience IN ('everybody', 'some'));

    UPDATE items SET audience = 'some' WHERE kind = 'homework' AND detail ->> 'audience' = 'unanswered';

    -- What everybody was told of such items so far is not told again.
    UPDATE events SET body = NULL
     WHERE scope LIKE 'course:%' AND kind IN ('itemPlaced', 'itemChanged') AND body IS NOT NULL
       AND body::jsonb -> 'item' -> 'detail' ->> 'audience' = 'unanswered';
  `,
}
