// What homework tells of its key and when, and what taking part at home is worth to somebody who missed the class.
import type { Migration } from '#server/platform/db/migrate.ts'

export const gradeRules: Migration = {
  name: '0037-grade-rules',
  up: `
    ALTER TABLE deliveries ADD COLUMN shows text NOT NULL DEFAULT 'after-due'
      CHECK (shows IN ('at-once', 'after-due', 'never'));

    -- In percent of what taking part in class is worth.
    ALTER TABLE grade_items ADD COLUMN catch_up integer NOT NULL DEFAULT 100 CHECK (catch_up BETWEEN 0 AND 100);
    ALTER TABLE grades ADD COLUMN caught_up boolean NOT NULL DEFAULT false;
  `,
}
