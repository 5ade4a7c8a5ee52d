// What completes a course, the words of people that it asks for, and the record of who has completed it.
import type { Migration } from '#server/platform/db/migrate.ts'

export const courseCompletion: Migration = {
  name: '0125-course-completion',
  up: `
    CREATE TABLE course_rules (
      course_id uuid PRIMARY KEY REFERENCES courses (id),
      need text NOT NULL CHECK (need IN ('all', 'any')),
      -- protocol/progress/course.ts: coursePart
      parts jsonb NOT NULL,
      version integer NOT NULL,
      -- Until when moments that a part waits for were looked at.
      looked_at timestamptz NOT NULL
    );

    CREATE TABLE course_marks (
      course_id uuid NOT NULL REFERENCES courses (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      what text NOT NULL CHECK (what IN ('self', 'teacher', 'whole')),
      at timestamptz NOT NULL,
      -- Null where the account that gave it was erased.
      marked_by uuid REFERENCES accounts (id),
      PRIMARY KEY (course_id, account_id, what)
    );
    CREATE INDEX course_marks_account ON course_marks (account_id);
    CREATE INDEX course_marks_marked_by ON course_marks (marked_by);

    CREATE TABLE course_completions (
      course_id uuid NOT NULL REFERENCES courses (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      at timestamptz NOT NULL,
      rule_version integer NOT NULL,
      -- Set where another rule took it: it counts no more, and comes back as it was with the rule.
      taken_at timestamptz,
      PRIMARY KEY (course_id, account_id)
    );
    CREATE INDEX course_completions_account ON course_completions (account_id);
  `,
}
