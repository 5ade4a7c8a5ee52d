// Courses that others begin from. A template is a draft; what reads `state` alone takes it for one.
import type { Migration } from '#server/platform/db/migrate.ts'

export const templatesColumn: Migration = {
  name: '0119-templates',
  up: `
    ALTER TABLE courses
      ADD COLUMN template boolean NOT NULL DEFAULT false,
      ADD CONSTRAINT courses_template_is_draft CHECK (NOT template OR state = 'draft');
    CREATE INDEX courses_templates ON courses (id) WHERE template;
  `,
}
