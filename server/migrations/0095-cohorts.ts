// Cohorts of people and the courses they are in. Whom a cohort brought into a course is told by how they came.
import type { Migration } from '#server/platform/db/migrate.ts'

export const cohortsTables: Migration = {
  name: '0095-cohorts',
  up: `
    CREATE TABLE cohorts (
      id uuid PRIMARY KEY,
      name text NOT NULL,
      description text NOT NULL,
      offered boolean NOT NULL,
      version integer NOT NULL DEFAULT 0
    );
    CREATE INDEX cohorts_by_name ON cohorts (lower(name), id);
    CREATE TABLE cohort_members (
      cohort_id uuid NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
      account_id uuid NOT NULL REFERENCES accounts (id),
      at timestamptz NOT NULL,
      PRIMARY KEY (cohort_id, account_id)
    );
    CREATE INDEX cohort_members_of ON cohort_members (account_id);
    CREATE TABLE cohort_courses (
      course_id uuid NOT NULL REFERENCES courses (id),
      cohort_id uuid NOT NULL REFERENCES cohorts (id),
      role text NOT NULL CHECK (role IN ('learner', 'assistant')),
      at timestamptz NOT NULL,
      PRIMARY KEY (course_id, cohort_id)
    );
    CREATE INDEX cohort_courses_of ON cohort_courses (cohort_id);

    ALTER TABLE enrolments DROP CONSTRAINT enrolments_how_check;
    ALTER TABLE enrolments ADD CONSTRAINT enrolments_how_check
      CHECK (how IN ('by hand', 'join code', 'invitation', 'cohort'));
    CREATE INDEX enrolments_by_cohort ON enrolments (course_id, account_id) WHERE how = 'cohort' AND ended_at IS NULL;
  `,
}
