// Departments, one below another, and terms; a course stands in at most one of each.
import type { Migration } from '#server/platform/db/migrate.ts'

export const organisationTables: Migration = {
  name: '0054-organisation',
  up: `
    CREATE TABLE departments (
      id uuid PRIMARY KEY,
      parent_id uuid REFERENCES departments (id),
      name text NOT NULL,
      version integer NOT NULL DEFAULT 0
    );
    CREATE INDEX departments_parent ON departments (parent_id);

    CREATE TABLE terms (
      id uuid PRIMARY KEY,
      name text NOT NULL,
      starts_on date NOT NULL,
      ends_on date NOT NULL CHECK (ends_on >= starts_on),
      version integer NOT NULL DEFAULT 0
    );
    CREATE INDEX terms_order ON terms (starts_on DESC, id DESC);

    ALTER TABLE courses
      ADD COLUMN department_id uuid REFERENCES departments (id),
      ADD COLUMN term_id uuid REFERENCES terms (id);
    CREATE INDEX courses_department ON courses (department_id) WHERE department_id IS NOT NULL;
    CREATE INDEX courses_term ON courses (term_id) WHERE term_id IS NOT NULL;
  `,
}
