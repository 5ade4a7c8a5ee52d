// The record: activity, delivery, attempt, response, evidence. Live classes and homework are two modes of one delivery,
// so no table here knows which tool an answer came from.
import type { Migration } from '#server/platform/db/migrate.ts'

export const activitiesTables: Migration = {
  name: '0011-activities',
  up: `
    CREATE TABLE activities (
      id uuid PRIMARY KEY,
      course_id uuid NOT NULL REFERENCES courses (id),
      kind text NOT NULL,
      title text NOT NULL,
      settings jsonb NOT NULL,
      version integer NOT NULL DEFAULT 0,
      created_by uuid REFERENCES accounts (id),
      created_at timestamptz NOT NULL
    );
    CREATE INDEX activities_course ON activities (course_id, id);
    CREATE INDEX activities_created_by ON activities (created_by);

    CREATE TABLE activity_items (
      id uuid PRIMARY KEY,
      activity_id uuid NOT NULL REFERENCES activities (id),
      question_version_id uuid NOT NULL REFERENCES question_versions (id),
      position integer NOT NULL,
      points numeric(12,4) NOT NULL CHECK (points >= 0),
      version integer NOT NULL DEFAULT 0,
      removed_at timestamptz
    );
    CREATE INDEX activity_items_activity ON activity_items (activity_id, position, id) WHERE removed_at IS NULL;
    CREATE INDEX activity_items_question ON activity_items (question_version_id);

    CREATE TABLE deliveries (
      id uuid PRIMARY KEY,
      activity_id uuid NOT NULL REFERENCES activities (id),
      mode text NOT NULL CHECK (mode IN ('live', 'homework')),
      opens_at timestamptz,
      due_at timestamptz,
      closed_at timestamptz,
      -- The state of a staged kind: phase, item, times, final tallies. Only a steer or a due transition writes it.
      shared jsonb NOT NULL,
      step integer NOT NULL DEFAULT 0,
      due_transition_at timestamptz,
      created_by uuid REFERENCES accounts (id),
      created_at timestamptz NOT NULL
    );
    CREATE INDEX deliveries_activity ON deliveries (activity_id, id);
    CREATE INDEX deliveries_due ON deliveries (due_transition_at) WHERE due_transition_at IS NOT NULL;
    CREATE INDEX deliveries_created_by ON deliveries (created_by);

    CREATE TABLE attempts (
      id uuid PRIMARY KEY,
      delivery_id uuid NOT NULL REFERENCES deliveries (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      started_at timestamptz NOT NULL,
      finished_at timestamptz,
      -- Added to every deadline of this person alone.
      extra_seconds integer NOT NULL DEFAULT 0 CHECK (extra_seconds BETWEEN 0 AND 604800),
      UNIQUE (delivery_id, account_id)
    );
    CREATE INDEX attempts_account ON attempts (account_id);

    -- Append-only: a changed answer is the next revision. Which one counts is said by evidence.
    CREATE TABLE responses (
      id uuid PRIMARY KEY,
      delivery_id uuid NOT NULL REFERENCES deliveries (id),
      attempt_id uuid NOT NULL REFERENCES attempts (id),
      item_id uuid NOT NULL REFERENCES activity_items (id),
      question_version_id uuid NOT NULL REFERENCES question_versions (id),
      revision integer NOT NULL,
      author uuid NOT NULL REFERENCES accounts (id),
      operation uuid NOT NULL,
      move jsonb NOT NULL,
      -- When it arrived at the server, in database time.
      at timestamptz NOT NULL,
      UNIQUE (attempt_id, item_id, revision),
      UNIQUE (author, operation)
    );
    CREATE INDEX responses_delivery ON responses (delivery_id, item_id, attempt_id, revision);

    CREATE TABLE evidence (
      attempt_id uuid NOT NULL REFERENCES attempts (id),
      item_id uuid NOT NULL REFERENCES activity_items (id),
      delivery_id uuid NOT NULL REFERENCES deliveries (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      -- The response that counts; a regrade may move it.
      response_id uuid REFERENCES responses (id),
      answered boolean NOT NULL,
      -- Null where nothing can be right or wrong: a poll, or a quiz without scoring.
      score numeric(12,4),
      points numeric(12,4) NOT NULL,
      settled_at timestamptz NOT NULL,
      PRIMARY KEY (attempt_id, item_id),
      CHECK (answered = (response_id IS NOT NULL))
    );
    CREATE INDEX evidence_delivery ON evidence (delivery_id, account_id);
    CREATE INDEX evidence_account ON evidence (account_id);
    CREATE INDEX evidence_response ON evidence (response_id);
  `,
}
