// Sections, groups and group sets. A section is a group without a set; that nobody is in two groups of a set is kept by an
// index, for which each membership names the set as long as its group stands.
import type { Migration } from '#server/platform/db/migrate.ts'

export const groupsTables: Migration = {
  name: '0055-groups',
  up: `
    CREATE TABLE group_sets (
      id uuid PRIMARY KEY,
      course_id uuid NOT NULL REFERENCES courses (id),
      name text NOT NULL,
      sign_up text NOT NULL CHECK (sign_up IN ('staff', 'learners')),
      most integer CHECK (most > 0),
      within_sections boolean NOT NULL DEFAULT false,
      version integer NOT NULL DEFAULT 0,
      removed_at timestamptz,
      removed_by uuid REFERENCES accounts (id)
    );
    CREATE INDEX group_sets_course ON group_sets (course_id);

    CREATE TABLE groups (
      id uuid PRIMARY KEY,
      course_id uuid NOT NULL REFERENCES courses (id),
      set_id uuid REFERENCES group_sets (id),
      name text NOT NULL,
      changes integer NOT NULL DEFAULT 0,
      version integer NOT NULL DEFAULT 0,
      removed_at timestamptz,
      removed_by uuid REFERENCES accounts (id)
    );
    CREATE INDEX groups_course ON groups (course_id);
    CREATE INDEX groups_set ON groups (set_id) WHERE set_id IS NOT NULL;

    CREATE TABLE group_members (
      group_id uuid NOT NULL REFERENCES groups (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      set_id uuid REFERENCES group_sets (id),
      leads boolean NOT NULL DEFAULT false,
      at timestamptz NOT NULL,
      PRIMARY KEY (group_id, account_id)
    );
    CREATE UNIQUE INDEX group_members_one_a_set ON group_members (set_id, account_id) WHERE set_id IS NOT NULL;
    CREATE UNIQUE INDEX group_members_one_leader ON group_members (group_id) WHERE leads;
    CREATE INDEX group_members_account ON group_members (account_id);
  `,
}
