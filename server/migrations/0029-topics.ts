// Topics of forums: their posts are messages of the channel, their votes, followers and read positions stand beside.
import type { Migration } from '#server/platform/db/migrate.ts'

export const topicsTables: Migration = {
  name: '0029-topics',
  up: `
    -- A policy that nobody changed has no row: what a forum begins with is in the rules.
    CREATE TABLE forum_policies (
      channel_id uuid PRIMARY KEY REFERENCES channels (id),
      anonymous boolean NOT NULL,
      approval boolean NOT NULL,
      openers text NOT NULL CHECK (openers IN ('everybody', 'staff')),
      version integer NOT NULL DEFAULT 0
    );

    -- The run is another feature's: an id without a key. Numbers are null while it waits for approval, and for good
    -- when it is refused. alias_id: what its author is called by those who may not know.
    CREATE TABLE topics (
      id uuid PRIMARY KEY,
      channel_id uuid NOT NULL REFERENCES channels (id),
      title text NOT NULL,
      author_id uuid NOT NULL REFERENCES accounts (id),
      alias_id uuid,
      created_at timestamptz NOT NULL,
      last_at timestamptz NOT NULL,
      first_number integer,
      last_number integer,
      replies integer NOT NULL DEFAULT 0,
      votes integer NOT NULL DEFAULT 0,
      outcome text NOT NULL DEFAULT 'open' CHECK (outcome IN ('open', 'accepted', 'aloud', 'set-aside')),
      accepted_id uuid REFERENCES messages (id),
      standing text NOT NULL CHECK (standing IN ('waiting', 'refused', 'shown', 'hidden', 'merged')),
      merged_into uuid REFERENCES topics (id),
      locked boolean NOT NULL DEFAULT false,
      pinned boolean NOT NULL DEFAULT false,
      run_id uuid,
      minute integer,
      version integer NOT NULL DEFAULT 0,
      CHECK ((standing IN ('waiting', 'refused')) = (last_number IS NULL)),
      CHECK ((standing = 'merged') = (merged_into IS NOT NULL)),
      CHECK ((outcome = 'accepted') = (accepted_id IS NOT NULL))
    ) WITH (fillfactor = 70);
    CREATE INDEX topics_active ON topics (channel_id, last_number DESC);
    CREATE INDEX topics_newest ON topics (channel_id, first_number DESC);
    CREATE INDEX topics_votes ON topics (channel_id, votes DESC, first_number DESC);
    CREATE INDEX topics_author ON topics (author_id, channel_id);
    CREATE INDEX topics_accepted ON topics (accepted_id) WHERE accepted_id IS NOT NULL;
    CREATE INDEX topics_merged_into ON topics (merged_into) WHERE merged_into IS NOT NULL;
    CREATE INDEX topics_words ON topics USING gin (to_tsvector('simple', title));

    -- A post that waits has no number yet: it gets one when it is approved, none when it is refused.
    ALTER TABLE messages
      ADD COLUMN topic_id uuid REFERENCES topics (id),
      ADD COLUMN alias_id uuid,
      ADD COLUMN refused_at timestamptz,
      ALTER COLUMN number DROP NOT NULL;
    ALTER TABLE messages ADD CONSTRAINT messages_numbered CHECK (number IS NOT NULL OR topic_id IS NOT NULL);
    CREATE INDEX messages_topic ON messages (topic_id, number) WHERE topic_id IS NOT NULL;
    CREATE INDEX messages_waiting ON messages (channel_id, id) WHERE number IS NULL AND refused_at IS NULL;
    CREATE INDEX messages_alias ON messages (channel_id, number) WHERE alias_id IS NOT NULL;
    CREATE INDEX messages_topic_words ON messages USING gin (to_tsvector('simple', text)) WHERE topic_id IS NOT NULL;

    CREATE TABLE topic_votes (
      topic_id uuid NOT NULL REFERENCES topics (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      PRIMARY KEY (topic_id, account_id)
    );
    CREATE INDEX topic_votes_account ON topic_votes (account_id);

    CREATE TABLE topic_follows (
      topic_id uuid NOT NULL REFERENCES topics (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      PRIMARY KEY (topic_id, account_id)
    );
    CREATE INDEX topic_follows_account ON topic_follows (account_id);

    CREATE TABLE topic_reads (
      topic_id uuid NOT NULL REFERENCES topics (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      number integer NOT NULL,
      PRIMARY KEY (topic_id, account_id)
    ) WITH (fillfactor = 70);
    CREATE INDEX topic_reads_account ON topic_reads (account_id);
  `,
}
