// An item may be done by a score: at least so many percent in the column it counts in.
import type { Migration } from '#server/platform/db/migrate.ts'

export const completionScore: Migration = {
  name: '0063-completion-score',
  up: `
    ALTER TABLE completion_rules ADD COLUMN percent integer CHECK (percent BETWEEN 1 AND 100);
    ALTER TABLE completion_rules DROP CONSTRAINT completion_rules_asks_check;
    ALTER TABLE completion_rules ADD CONSTRAINT completion_rules_asks_check
      CHECK (asks IN ('usual', 'by-hand', 'score', 'nothing'));
    ALTER TABLE completion_rules ADD CONSTRAINT completion_rules_percent CHECK ((asks = 'score') = (percent IS NOT NULL));
  `,
}
