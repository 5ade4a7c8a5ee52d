// Courses that people may come into by themselves, who came so, and who left so.
import type { Migration } from '#server/platform/db/migrate.ts'

export const openingsTable: Migration = {
  name: '0128-openings',
  up: `
    CREATE TABLE openings (
      course_id uuid PRIMARY KEY REFERENCES courses (id),
      open boolean NOT NULL,
      -- Readable, as the join code is: staff tell it to people. Empty without one.
      key text NOT NULL DEFAULT '',
      -- Days of the course's own calendar, both counted; null without a beginning or an end.
      opens_on date,
      closes_on date,
      -- The role is always that of a learner; so many of them at most.
      most integer CHECK (most > 0),
      -- The section a newcomer lands in; it may be gone by then.
      section_id uuid,
      -- How many days somebody stays after the day they came; null for as long as the course.
      days integer CHECK (days > 0),
      may_leave boolean NOT NULL DEFAULT false,
      version integer NOT NULL DEFAULT 0,
      CHECK (closes_on >= opens_on)
    );
    CREATE INDEX openings_open ON openings (course_id) WHERE open;

    ALTER TABLE enrolments DROP CONSTRAINT enrolments_how_check;
    ALTER TABLE enrolments ADD CONSTRAINT enrolments_how_check
      CHECK (how IN ('by hand', 'join code', 'invitation', 'cohort', 'self'));
    -- Ended by whom it was about: they may come back by themselves.
    ALTER TABLE enrolments ADD COLUMN left_by_self boolean NOT NULL DEFAULT false;
  `,
}
