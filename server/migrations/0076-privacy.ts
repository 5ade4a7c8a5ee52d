// Copies of what is kept about a person, and the ends of accounts: asked for, decided, done and looked after.
import type { Migration } from '#server/platform/db/migrate.ts'

export const privacyTables: Migration = {
  name: '0076-privacy',
  up: `
    -- One a person at a time. Its bytes stand in the storage under its own id.
    CREATE TABLE data_exports (
      id uuid PRIMARY KEY,
      account_id uuid NOT NULL UNIQUE REFERENCES accounts (id),
      asked_by uuid NOT NULL REFERENCES accounts (id),
      asked_at timestamptz NOT NULL,
      state text NOT NULL CHECK (state IN ('running', 'ready')),
      done integer NOT NULL DEFAULT 0,
      parts integer NOT NULL,
      size bigint,
      expires_at timestamptz
    );
    CREATE INDEX data_exports_asked_by ON data_exports (asked_by);
    CREATE INDEX data_exports_expires ON data_exports (expires_at) WHERE expires_at IS NOT NULL;

    -- What one feature said, until all of it is in the file.
    CREATE TABLE data_export_parts (
      export_id uuid NOT NULL REFERENCES data_exports (id) ON DELETE CASCADE,
      feature text NOT NULL,
      body text NOT NULL,
      PRIMARY KEY (export_id, feature)
    );

    CREATE TABLE erasures (
      id uuid PRIMARY KEY,
      account_id uuid NOT NULL REFERENCES accounts (id),
      state text NOT NULL CHECK (state IN ('asked', 'withdrawn', 'refused', 'running', 'proving', 'done')),
      by_person boolean NOT NULL,
      -- What the person said: gone with them.
      reason text NOT NULL DEFAULT '',
      asked_at timestamptz NOT NULL,
      decided_by uuid REFERENCES accounts (id),
      decided_at timestamptz,
      decision text NOT NULL DEFAULT '',
      -- The name and address that are looked for afterwards; null as soon as that is done.
      sought jsonb,
      looks integer NOT NULL DEFAULT 0,
      left_over jsonb
    );
    CREATE UNIQUE INDEX erasures_open ON erasures (account_id) WHERE state IN ('asked', 'running', 'proving');
    CREATE INDEX erasures_account ON erasures (account_id);
    CREATE INDEX erasures_decided_by ON erasures (decided_by) WHERE decided_by IS NOT NULL;
  `,
}
