// How a course shows its grades: as points, as percent, or by the names of bands.
import type { Migration } from '#server/platform/db/migrate.ts'

export const scales: Migration = {
  name: '0100-scales',
  up: `
    ALTER TABLE gradings ADD COLUMN scale jsonb NOT NULL DEFAULT '{"shows": "points", "bands": [
      {"name": "A", "from": "90"}, {"name": "B", "from": "80"}, {"name": "C", "from": "70"}, {"name": "D", "from": "60"},
      {"name": "F", "from": "0"}]}';
  `,
}
