// Homework for some of a course only: who they are is decided when it is given, and kept by name.
import type { Migration } from '#server/platform/db/migrate.ts'

export const deliveryAudience: Migration = {
  name: '0025-delivery-audience',
  up: `
    ALTER TABLE deliveries ADD COLUMN audience text NOT NULL DEFAULT 'everybody'
      CHECK (audience IN ('everybody', 'unanswered'));

    -- Whom a delivery is for that is not for everybody. Whoever joins the course later is not among them.
    CREATE TABLE delivery_audience (
      delivery_id uuid NOT NULL REFERENCES deliveries (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      PRIMARY KEY (delivery_id, account_id)
    );
    CREATE INDEX delivery_audience_account ON delivery_audience (account_id);
  `,
}
