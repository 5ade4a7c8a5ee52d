// The life of a course: a draft, published, concluded, archived, in the bin. What it means for rights is kept in the tree
// of contexts, where every right is asked.
import type { Migration } from '#server/platform/db/migrate.ts'

export const courseLife: Migration = {
  name: '0053-course-life',
  up: `
    ALTER TABLE contexts ADD COLUMN phase text NOT NULL DEFAULT 'open'
      CHECK (phase IN ('open', 'concluded', 'draft', 'removed'));
    ALTER TABLE courses ADD COLUMN state text NOT NULL DEFAULT 'published'
      CHECK (state IN ('draft', 'published', 'concluded', 'archived'));
    CREATE INDEX courses_removed ON courses (removed_at, id) WHERE removed_at IS NOT NULL;
  `,
}
