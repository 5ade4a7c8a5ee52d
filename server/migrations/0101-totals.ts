// What the columns of a course come to together: the rule of its total, and categories of columns with their weights.
import type { Migration } from '#server/platform/db/migrate.ts'

export const totals: Migration = {
  name: '0101-totals',
  up: `
    ALTER TABLE gradings
      ADD COLUMN total_by text NOT NULL DEFAULT 'columns' CHECK (total_by IN ('columns', 'points', 'weights')),
      ADD COLUMN total_told boolean NOT NULL DEFAULT true;
    CREATE TABLE grade_categories (
      id uuid PRIMARY KEY,
      course_id uuid NOT NULL REFERENCES courses (id),
      title text NOT NULL,
      weight numeric(5, 2) NOT NULL CHECK (weight >= 0 AND weight <= 100),
      drop_lowest integer NOT NULL CHECK (drop_lowest >= 0),
      position integer NOT NULL
    );
    CREATE INDEX grade_categories_course ON grade_categories (course_id);
    -- A column is in one category at most.
    CREATE TABLE grade_category_columns (
      grade_item_id uuid PRIMARY KEY REFERENCES grade_items (id),
      category_id uuid NOT NULL REFERENCES grade_categories (id)
    );
    CREATE INDEX grade_category_columns_of ON grade_category_columns (category_id);
  `,
}
