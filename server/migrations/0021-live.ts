// The live class: runs, what is on their agenda, who took a seat; and when people were there.
import type { Migration } from '#server/platform/db/migrate.ts'

export const liveTables: Migration = {
  name: '0021-live',
  up: `
    -- The scope is any feature's; ids without a key.
    CREATE TABLE seat_intervals (
      id uuid PRIMARY KEY,
      scope text NOT NULL,
      scope_id uuid NOT NULL,
      account_id uuid NOT NULL REFERENCES accounts (id),
      from_at timestamptz NOT NULL,
      to_at timestamptz NOT NULL,
      CHECK (to_at >= from_at)
    ) WITH (fillfactor = 80);
    CREATE INDEX seat_intervals_scope ON seat_intervals (scope, scope_id, account_id);
    CREATE INDEX seat_intervals_account ON seat_intervals (account_id);

    CREATE TABLE runs (
      id uuid PRIMARY KEY,
      course_id uuid NOT NULL REFERENCES courses (id),
      title text NOT NULL,
      code text NOT NULL,
      phase text NOT NULL CHECK (phase IN ('open', 'ended')),
      channel_id uuid NOT NULL REFERENCES channels (id),
      grade_item_id uuid NOT NULL,
      stage_delivery_id uuid REFERENCES deliveries (id),
      started_by uuid NOT NULL REFERENCES accounts (id),
      started_at timestamptz NOT NULL,
      ended_at timestamptz,
      CHECK ((phase = 'ended') = (ended_at IS NOT NULL))
    );
    CREATE UNIQUE INDEX runs_one_open ON runs (course_id) WHERE phase = 'open';
    CREATE UNIQUE INDEX runs_code ON runs (code) WHERE phase = 'open';
    CREATE INDEX runs_course ON runs (course_id, id);
    CREATE INDEX runs_started_by ON runs (started_by);

    -- The agenda. What it shows of a delivery is kept here, written with each of its steps, so that a steer costs the
    -- same however long the agenda is.
    CREATE TABLE run_deliveries (
      run_id uuid NOT NULL REFERENCES runs (id),
      delivery_id uuid NOT NULL UNIQUE REFERENCES deliveries (id),
      activity_id uuid NOT NULL REFERENCES activities (id),
      position integer NOT NULL,
      kind text NOT NULL,
      title text NOT NULL,
      items integer NOT NULL,
      asked integer NOT NULL,
      done boolean NOT NULL,
      PRIMARY KEY (run_id, delivery_id)
    );

    CREATE TABLE seats (
      run_id uuid NOT NULL REFERENCES runs (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      role text NOT NULL CHECK (role IN ('host', 'learner', 'guest')),
      joined_at timestamptz NOT NULL,
      PRIMARY KEY (run_id, account_id)
    );
    CREATE INDEX seats_account ON seats (account_id);
  `,
}
