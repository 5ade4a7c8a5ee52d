// Who assists in the demo school is told apart from who teaches in it.
import type { Migration } from '#server/platform/db/migrate.ts'

export const demoAssistant: Migration = {
  name: '0098-demo-assistant',
  up: `
    ALTER TABLE accounts DROP CONSTRAINT accounts_demo_check;
    ALTER TABLE accounts ADD CONSTRAINT accounts_demo_check CHECK (demo IN ('staff', 'assistant', 'learner'));
    UPDATE accounts SET demo = 'assistant' WHERE demo = 'staff' AND email = 'jonas.lindqvist@demo.example';
  `,
}
