// A response stands on its attempt, and the group that writes it has read that attempt, the item and the question in the
// same transaction: checking five references a row again was half of what a storm of answers cost the database.
import type { Migration } from '#server/platform/db/migrate.ts'

export const responsesUnchecked: Migration = {
  name: '0026-responses-unchecked',
  up: `
    -- Why each may go: nothing deletes deliveries, items, question versions or accounts (they are removed, closed or
    -- erased in place), and the attempt itself still references its delivery and its account. An attempt is deleted
    -- only where two accounts become one, which holds the lock of the delivery alone (see activities/actions/account.ts),
    -- while a group of answers shares it from before it reads the attempt to its commit.
    ALTER TABLE responses
      DROP CONSTRAINT responses_delivery_id_fkey,
      DROP CONSTRAINT responses_attempt_id_fkey,
      DROP CONSTRAINT responses_item_id_fkey,
      DROP CONSTRAINT responses_question_version_id_fkey,
      DROP CONSTRAINT responses_author_fkey;
  `,
}
