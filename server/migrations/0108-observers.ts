// Who observes which learner, the codes by which it begins, and a number that grows when what they see has changed.
import type { Migration } from '#server/platform/db/migrate.ts'

export const observersTables: Migration = {
  name: '0108-observers',
  up: `
    CREATE TABLE observations (
      id uuid PRIMARY KEY,
      observer_id uuid NOT NULL REFERENCES accounts (id),
      learner_id uuid NOT NULL REFERENCES accounts (id),
      kind text NOT NULL CHECK (kind IN ('observer', 'guardian')),
      made_by uuid NOT NULL REFERENCES accounts (id),
      at timestamptz NOT NULL,
      until timestamptz,
      ended_at timestamptz,
      ended_by uuid REFERENCES accounts (id),
      version integer NOT NULL DEFAULT 0,
      CHECK (observer_id <> learner_id)
    );
    CREATE UNIQUE INDEX observations_standing ON observations (learner_id, observer_id) WHERE ended_at IS NULL;
    CREATE INDEX observations_observer ON observations (observer_id, learner_id);
    CREATE INDEX observations_learner ON observations (learner_id, id);
    CREATE INDEX observations_made_by ON observations (made_by);
    CREATE INDEX observations_ended_by ON observations (ended_by) WHERE ended_by IS NOT NULL;
    CREATE TABLE observer_codes (
      id uuid PRIMARY KEY,
      learner_id uuid NOT NULL REFERENCES accounts (id),
      code_hash bytea NOT NULL UNIQUE,
      at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL
    );
    CREATE INDEX observer_codes_learner ON observer_codes (learner_id, id);

    ALTER TABLE accounts ADD COLUMN observed_changed integer NOT NULL DEFAULT 0;
  `,
}
