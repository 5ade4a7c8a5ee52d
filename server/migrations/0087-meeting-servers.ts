// Servers that hold meetings, as administrators set them up, and how long people stayed where a server tells.
import type { Migration } from '#server/platform/db/migrate.ts'

export const meetingServersTable: Migration = {
  name: '0087-meeting-servers',
  up: `
    CREATE TABLE meeting_servers (
      id uuid PRIMARY KEY,
      name text NOT NULL,
      kind text NOT NULL CHECK (kind IN ('jitsi', 'bigbluebutton')),
      address text NOT NULL,
      app_id text NOT NULL,
      sealed_secret bytea NOT NULL,
      version integer NOT NULL DEFAULT 0,
      changed_at timestamptz NOT NULL,
      removed_at timestamptz
    );
    ALTER TABLE meetings
      ALTER COLUMN address DROP NOT NULL,
      ADD COLUMN server_id uuid REFERENCES meeting_servers (id),
      ADD COLUMN room text,
      -- Until when its server is asked who is there, and when it was last.
      ADD COLUMN watched_until timestamptz,
      ADD COLUMN looked_at timestamptz,
      ADD CHECK ((address IS NULL) = (server_id IS NOT NULL AND room IS NOT NULL));
    CREATE UNIQUE INDEX meetings_room ON meetings (room);
    CREATE INDEX meetings_server ON meetings (server_id);
    CREATE INDEX meetings_watched ON meetings (watched_until) WHERE watched_until IS NOT NULL;
    ALTER TABLE meeting_visits
      ADD COLUMN seconds integer,
      ADD COLUMN seen_at timestamptz;
  `,
}
