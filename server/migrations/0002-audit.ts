// Who did what: rows that are only ever added. Ids are bare, because the trail outlives what it speaks of.
import type { Migration } from '#server/platform/db/migrate.ts'

export const auditTables: Migration = {
  name: '0002-audit',
  up: `
    CREATE TABLE audit_entries (
      id uuid PRIMARY KEY,
      at timestamptz NOT NULL,
      actor uuid,
      verb text NOT NULL,
      subject_kind text NOT NULL,
      subject_id text NOT NULL,
      context_kind text,
      context_id text,
      request_id text NOT NULL,
      -- SHA-256 of salt and details: stays when both are erased, so that the chain still holds.
      details_hash bytea NOT NULL
    );
    CREATE INDEX audit_entries_subject ON audit_entries (subject_kind, subject_id, at);
    CREATE INDEX audit_entries_actor ON audit_entries (actor, at);
    CREATE INDEX audit_entries_at ON audit_entries USING brin (at);

    CREATE TABLE audit_details (
      entry_id uuid PRIMARY KEY,
      salt bytea NOT NULL,
      details text NOT NULL
    );

    -- What waits for the next seal; kept apart, so that finding it does not grow with the trail.
    CREATE TABLE audit_unsealed (entry_id uuid PRIMARY KEY);

    CREATE TABLE audit_seals (
      place bigint PRIMARY KEY,
      entry_id uuid NOT NULL UNIQUE,
      chain bytea NOT NULL
    );

    CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'The audit trail is only ever added to';
    END $$;
    CREATE TRIGGER audit_entries_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
      FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();
    CREATE TRIGGER audit_seals_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seals
      FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();
  `,
}
