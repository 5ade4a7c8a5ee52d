// Files that are sent in messages. Who might write in talk by a role made here may send them, as those may who have a role
// that every Lectern has.
import type { Migration } from '#server/platform/db/migrate.ts'

export const attachmentsTable: Migration = {
  name: '0091-attachments',
  up: `
    CREATE TABLE attachments (
      -- Also of its bytes; says nothing of when it came.
      id uuid PRIMARY KEY,
      channel_id uuid NOT NULL REFERENCES channels (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      -- Whose room it takes; of no course: that of the account.
      course_id uuid REFERENCES courses (id),
      -- None until it is sent.
      message_id uuid REFERENCES messages (id),
      place integer,
      name text NOT NULL,
      form text NOT NULL CHECK (form IN ('image', 'audio', 'video', 'pdf', 'text', 'other')),
      type text NOT NULL,
      size bigint NOT NULL,
      -- Of a picture, in dots, as it is shown.
      width integer,
      height integer,
      -- A picture whose bytes say nothing of who made it, where and with what.
      bare boolean NOT NULL,
      at timestamptz NOT NULL,
      CHECK ((message_id IS NULL) = (place IS NULL))
    );
    CREATE INDEX attachments_message ON attachments (message_id, place) WHERE message_id IS NOT NULL;
    CREATE INDEX attachments_account ON attachments (account_id);
    CREATE INDEX attachments_unsent ON attachments (at) WHERE message_id IS NULL;

    -- A message is found by its words and by what its files are called.
    CREATE OR REPLACE VIEW search_words AS
      SELECT 'accounts' AS source, 'person' AS kind, id AS ref_id, NULL::uuid AS course_id, NULL::uuid AS place_id,
             name AS title, '' AS body, created_at AS at
        FROM accounts WHERE erased_at IS NULL
      UNION ALL
      SELECT 'courses', 'course', id, id, id, title, concat_ws(' · ', nullif(short_name, ''), summary), created_at FROM courses
      UNION ALL
      SELECT 'items', 'item', id, course_id, course_id, title, '', 'epoch' FROM items
        WHERE kind NOT IN ('page', 'file', 'note')
      UNION ALL
      SELECT 'pages', 'page', id, course_id, course_id, title, body, changed_at FROM pages
      UNION ALL
      SELECT 'files', 'file', id, course_id, course_id, name, coalesce(words, ''), changed_at FROM files
      UNION ALL
      SELECT 'notes', 'note', id, course_id, coalesce(run_id, course_id), title, text, created_at FROM notes
      UNION ALL
      SELECT 'topics', 'topic', t.id, w.course_id, t.channel_id, t.title, '', t.created_at
        FROM topics t JOIN channels c ON c.id = t.channel_id
        CROSS JOIN LATERAL (SELECT CASE c.context_kind WHEN 'course' THEN c.context_id
          ELSE (SELECT r.course_id FROM runs r WHERE r.id = c.context_id) END AS course_id) w
      UNION ALL
      SELECT 'messages', CASE WHEN m.topic_id IS NULL THEN 'message' ELSE 'post' END, m.id, w.course_id, m.channel_id,
             coalesce(m.title, ''), concat_ws(' · ', nullif(m.text, ''), (
               SELECT string_agg(translate(f.name, '_-', '  '), ' · ' ORDER BY f.place)
                 FROM attachments f WHERE f.message_id = m.id)), m.sent_at
        FROM messages m JOIN channels c ON c.id = m.channel_id
        CROSS JOIN LATERAL (SELECT CASE c.context_kind WHEN 'course' THEN c.context_id
          ELSE (SELECT r.course_id FROM runs r WHERE r.id = c.context_id) END AS course_id) w
        WHERE m.text IS NOT NULL;

    CREATE FUNCTION search_attached() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM search_refresh('messages', (SELECT array_agg(DISTINCT message_id) FROM sent WHERE message_id IS NOT NULL));
        RETURN NULL;
      END
    $$;
    CREATE TRIGGER search_attached AFTER UPDATE ON attachments REFERENCING NEW TABLE AS sent
      FOR EACH STATEMENT EXECUTE FUNCTION search_attached();

    UPDATE custom_roles SET capabilities = array_append(capabilities, 'channel.attach'), version = version + 1
     WHERE 'channel.write' = ANY (capabilities) AND NOT 'channel.attach' = ANY (capabilities);
  `,
}
