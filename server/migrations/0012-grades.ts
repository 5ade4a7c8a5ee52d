// The gradebook: grade items, the deliveries each collects, and the grades computed from the evidence behind them.
import type { Migration } from '#server/platform/db/migrate.ts'

export const gradesTables: Migration = {
  name: '0012-grades',
  up: `
    CREATE TABLE grade_items (
      id uuid PRIMARY KEY,
      course_id uuid NOT NULL REFERENCES courses (id),
      title text NOT NULL,
      points numeric(12,4) NOT NULL CHECK (points >= 0),
      participation integer NOT NULL,
      correctness integer NOT NULL,
      policy text NOT NULL CHECK (policy IN ('live', 'homework', 'better')),
      version integer NOT NULL DEFAULT 0,
      at timestamptz NOT NULL,
      CHECK (participation >= 0 AND correctness >= 0 AND participation + correctness = 100)
    );
    CREATE INDEX grade_items_course ON grade_items (course_id, id);

    -- One row a course: counts what changed in its gradebook, and puts those changes in one order.
    CREATE TABLE gradebooks (
      course_id uuid PRIMARY KEY REFERENCES courses (id),
      changes integer NOT NULL
    ) WITH (fillfactor = 50);

    CREATE TABLE grade_sources (
      grade_item_id uuid NOT NULL REFERENCES grade_items (id),
      delivery_id uuid NOT NULL REFERENCES deliveries (id),
      PRIMARY KEY (grade_item_id, delivery_id)
    );
    CREATE INDEX grade_sources_delivery ON grade_sources (delivery_id);

    CREATE TABLE grades (
      grade_item_id uuid NOT NULL REFERENCES grade_items (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      score numeric(12,4) NOT NULL,
      points numeric(12,4) NOT NULL,
      answered integer NOT NULL,
      asked integer NOT NULL,
      modes text[] NOT NULL,
      computed_at timestamptz NOT NULL,
      PRIMARY KEY (grade_item_id, account_id)
    );
    CREATE INDEX grades_account ON grades (account_id);
  `,
}
