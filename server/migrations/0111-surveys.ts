// Surveys and what was answered. Without names an answer holds no account and no time; that somebody answered stands apart.
import type { Migration } from '#server/platform/db/migrate.ts'

export const surveysTables: Migration = {
  name: '0111-surveys',
  up: `
    CREATE TABLE surveys (
      id uuid PRIMARY KEY,
      course_id uuid NOT NULL REFERENCES courses (id),
      title text NOT NULL,
      intro text NOT NULL,
      anonymous boolean NOT NULL,
      min_shown integer NOT NULL,
      questions jsonb NOT NULL,
      version integer NOT NULL DEFAULT 0,
      changed_at timestamptz NOT NULL,
      CHECK (min_shown >= 1 AND (NOT anonymous OR min_shown >= 3))
    );
    CREATE INDEX surveys_course ON surveys (course_id);

    CREATE TABLE survey_participants (
      survey_id uuid NOT NULL REFERENCES surveys (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      day date NOT NULL,
      PRIMARY KEY (survey_id, account_id)
    );
    CREATE INDEX survey_participants_of ON survey_participants (account_id);

    CREATE TABLE survey_answers (
      -- Random, never in the order of time.
      id uuid PRIMARY KEY,
      survey_id uuid NOT NULL REFERENCES surveys (id),
      -- Null without names.
      account_id uuid REFERENCES accounts (id),
      answers jsonb NOT NULL,
      -- Told together with enough others.
      shown boolean NOT NULL
    );
    CREATE INDEX survey_answers_in ON survey_answers (survey_id);
    CREATE UNIQUE INDEX survey_answers_of ON survey_answers (account_id, survey_id) WHERE account_id IS NOT NULL;
  `,
}
