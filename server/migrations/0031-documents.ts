// Documents that are written together: their updates, each with who brought it, and the snapshots older ones were
// gathered into. Nothing about classrooms belongs here.
import type { Migration } from '#server/platform/db/migrate.ts'

export const documentsTables: Migration = {
  name: '0031-documents',
  up: `
    -- seq is the counter of the updates, locked to the commit. Room on the page: it moves with every group.
    CREATE TABLE documents (
      id uuid PRIMARY KEY,
      kind text NOT NULL,
      seq bigint NOT NULL DEFAULT 0,
      created_at timestamptz NOT NULL DEFAULT now(),
      written_at timestamptz
    ) WITH (fillfactor = 50);

    -- What came since the snapshot, as it travelled (Yjs, encoding 1).
    CREATE TABLE document_updates (
      document_id uuid NOT NULL REFERENCES documents (id),
      seq bigint NOT NULL,
      account_id uuid NOT NULL REFERENCES accounts (id),
      connection uuid NOT NULL,
      body bytea NOT NULL,
      at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (document_id, seq)
    );
    CREATE INDEX document_updates_account ON document_updates (account_id);
    ALTER TABLE document_updates ALTER COLUMN body SET STORAGE EXTERNAL;

    -- Everything up to and with seq (Yjs, encoding 2).
    CREATE TABLE document_snapshots (
      document_id uuid PRIMARY KEY REFERENCES documents (id),
      seq bigint NOT NULL,
      body bytea NOT NULL,
      at timestamptz NOT NULL DEFAULT now()
    );
    ALTER TABLE document_snapshots ALTER COLUMN body SET STORAGE EXTERNAL;

    -- Who was the first to use a Yjs client id in a document: what was written under it is theirs.
    CREATE TABLE document_clients (
      document_id uuid NOT NULL REFERENCES documents (id),
      client_id bigint NOT NULL,
      account_id uuid NOT NULL REFERENCES accounts (id),
      at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (document_id, client_id)
    );
    CREATE INDEX document_clients_account ON document_clients (account_id);

    -- Who brought how much, of the updates that were gathered into the snapshot.
    CREATE TABLE document_authors (
      document_id uuid NOT NULL REFERENCES documents (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      updates bigint NOT NULL,
      bytes bigint NOT NULL,
      first_at timestamptz NOT NULL,
      last_at timestamptz NOT NULL,
      PRIMARY KEY (document_id, account_id)
    );
    CREATE INDEX document_authors_account ON document_authors (account_id);
  `,
}
