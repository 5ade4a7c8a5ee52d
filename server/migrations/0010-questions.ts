// The question bank: a question and its versions. A version is never changed; editing makes the next one, and what was
// answered keeps pointing to the one it answered.
import type { Migration } from '#server/platform/db/migrate.ts'

export const questionsTables: Migration = {
  name: '0010-questions',
  up: `
    CREATE TABLE questions (
      id uuid PRIMARY KEY,
      course_id uuid NOT NULL REFERENCES courses (id),
      -- draft: typed on the spot in a class, not looked over yet.
      status text NOT NULL CHECK (status IN ('draft', 'ready')),
      current_version_id uuid NOT NULL,
      version integer NOT NULL DEFAULT 0,
      created_by uuid REFERENCES accounts (id),
      created_at timestamptz NOT NULL
    );
    CREATE INDEX questions_course ON questions (course_id, id);
    CREATE INDEX questions_created_by ON questions (created_by);

    CREATE TABLE question_versions (
      id uuid PRIMARY KEY,
      question_id uuid NOT NULL REFERENCES questions (id) DEFERRABLE INITIALLY DEFERRED,
      number integer NOT NULL,
      type text NOT NULL,
      body jsonb NOT NULL,
      key jsonb NOT NULL,
      -- What the bank is searched in: prompt and options as plain text.
      words text NOT NULL,
      created_by uuid REFERENCES accounts (id),
      at timestamptz NOT NULL,
      UNIQUE (question_id, number)
    );
    CREATE INDEX question_versions_created_by ON question_versions (created_by);
    ALTER TABLE questions ADD FOREIGN KEY (current_version_id) REFERENCES question_versions (id)
      DEFERRABLE INITIALLY DEFERRED;
  `,
}
