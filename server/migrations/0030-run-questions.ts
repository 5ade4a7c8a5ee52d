// Every class has its questions: a forum that stays in the course. Classes of before get an empty one.
import type { Migration } from '#server/platform/db/migrate.ts'

export const runQuestions: Migration = {
  name: '0030-run-questions',
  up: `
    ALTER TABLE runs ADD COLUMN questions_id uuid REFERENCES channels (id);
    INSERT INTO channels (id, form, context_kind, context_id, title, created_at)
      SELECT gen_random_uuid(), 'forum', 'run-questions', r.id, r.title, r.started_at FROM runs r;
    INSERT INTO forum_policies (channel_id, anonymous, approval, openers)
      SELECT c.id, true, false, 'everybody' FROM channels c WHERE c.context_kind = 'run-questions';
    UPDATE runs r SET questions_id = c.id FROM channels c
      WHERE c.context_kind = 'run-questions' AND c.context_id = r.id;
    ALTER TABLE runs ALTER COLUMN questions_id SET NOT NULL;
    CREATE UNIQUE INDEX channels_of_run_questions ON channels (context_id) WHERE context_kind = 'run-questions';
  `,
}
