// Outgoing webhooks: where they go, each message on its way there, each try of it, and grades that wait until their
// learner may read them.
import type { Migration } from '#server/platform/db/migrate.ts'

export const webhooksTables: Migration = {
  name: '0105-webhooks',
  up: `
    -- \`department_id\`: without a reference. One that is taken away has no course any more that would be told.
    CREATE TABLE webhook_endpoints (
      id uuid PRIMARY KEY,
      address text NOT NULL,
      description text NOT NULL DEFAULT '',
      types text[] NOT NULL,
      department_id uuid,
      paused text CHECK (paused IN ('by-hand', 'gone', 'failing')),
      sealed_secret bytea NOT NULL,
      sealed_old_secret bytea,
      old_secret_until timestamptz,
      last_success_at timestamptz,
      failing_since timestamptz,
      version integer NOT NULL DEFAULT 0,
      created_at timestamptz NOT NULL,
      removed_at timestamptz,
      CHECK ((sealed_old_secret IS NULL) = (old_secret_until IS NULL))
    );

    -- \`source\`: what it tells, once an endpoint. \`body\`: byte for byte as it is signed. \`lease\`: who is sending it; until
    -- \`next_at\` nobody else does.
    CREATE TABLE webhook_messages (
      id uuid PRIMARY KEY,
      endpoint_id uuid NOT NULL REFERENCES webhook_endpoints (id),
      source text NOT NULL,
      type text NOT NULL,
      body text NOT NULL,
      state text NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'kept')),
      attempts integer NOT NULL DEFAULT 0,
      next_at timestamptz,
      lease uuid,
      last_at timestamptz,
      last_status integer,
      last_word text,
      last_ms integer,
      created_at timestamptz NOT NULL,
      UNIQUE (endpoint_id, source),
      CHECK ((state = 'waiting') = (next_at IS NOT NULL))
    );
    CREATE INDEX webhook_messages_newest ON webhook_messages (endpoint_id, created_at DESC, id DESC);
    CREATE INDEX webhook_messages_due ON webhook_messages (next_at) WHERE state = 'waiting';
    CREATE INDEX webhook_messages_of ON webhook_messages (endpoint_id, state, next_at) WHERE state <> 'sent';
    CREATE INDEX webhook_messages_created ON webhook_messages (created_at);

    CREATE TABLE webhook_tries (
      message_id uuid NOT NULL REFERENCES webhook_messages (id),
      number integer NOT NULL,
      endpoint_id uuid NOT NULL REFERENCES webhook_endpoints (id),
      at timestamptz NOT NULL,
      signature text NOT NULL,
      status integer,
      word text,
      ms integer NOT NULL,
      answer text NOT NULL,
      PRIMARY KEY (message_id, number)
    );
    CREATE INDEX webhook_tries_failed ON webhook_tries (endpoint_id, at) WHERE word IS NOT NULL;

    -- Grades that changed and are not told yet. \`looked_at\`: when it was looked last whether they may be.
    CREATE TABLE webhook_grades (
      grade_item_id uuid NOT NULL REFERENCES grade_items (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      looked_at timestamptz,
      PRIMARY KEY (grade_item_id, account_id)
    );
    CREATE INDEX webhook_grades_account ON webhook_grades (account_id);
    CREATE INDEX webhook_grades_looked ON webhook_grades (looked_at);
  `,
}
