// What coming late takes off a mark and what a missing hand-in counts as: the course's policy, an assignment's own, the waiver
// of one submission, and beside a grade what was given before it.
import type { Migration } from '#server/platform/db/migrate.ts'

export const latePolicies: Migration = {
  name: '0099-late-policies',
  up: `
    -- How a course grades; none where nobody has said anything.
    CREATE TABLE gradings (
      course_id uuid PRIMARY KEY REFERENCES courses (id),
      late jsonb NOT NULL,
      version integer NOT NULL DEFAULT 0,
      changed_at timestamptz NOT NULL
    );
    ALTER TABLE assignments
      ADD COLUMN late jsonb NOT NULL DEFAULT '{"use": "course"}',
      -- When what is missing was settled last; again once the cut-off is later than that.
      ADD COLUMN settled_at timestamptz;
    UPDATE assignments SET settled_at = now() WHERE cut_off_at <= now();
    CREATE INDEX assignments_to_settle ON assignments (cut_off_at)
     WHERE settled_at IS NULL OR settled_at < cut_off_at;
    -- Why lateness takes nothing here; null where it does.
    ALTER TABLE submissions ADD COLUMN waived text;
    ALTER TABLE grades
      -- The mark before its lateness took something, and how late that was; null where the policy did not touch it.
      ADD COLUMN given numeric(12, 4),
      ADD COLUMN late_seconds integer,
      ADD COLUMN waived boolean NOT NULL DEFAULT false,
      ADD COLUMN missing boolean NOT NULL DEFAULT false,
      ADD CHECK ((given IS NULL) = (late_seconds IS NULL));
  `,
}
