// Lessons, their pages with the choices they end in, and how learners go through them. Pages are found by the search.
import type { Migration } from '#server/platform/db/migrate.ts'

export const lessonsTables: Migration = {
  name: '0115-lessons',
  up: `
    CREATE TABLE lessons (
      id uuid PRIMARY KEY,
      course_id uuid NOT NULL REFERENCES courses (id),
      title text NOT NULL,
      intro text NOT NULL,
      any_order boolean NOT NULL,
      version integer NOT NULL DEFAULT 0,
      changed_at timestamptz NOT NULL
    );
    CREATE INDEX lessons_course ON lessons (course_id);

    CREATE TABLE lesson_pages (
      id uuid PRIMARY KEY,
      lesson_id uuid NOT NULL REFERENCES lessons (id),
      place integer NOT NULL,
      title text NOT NULL,
      document jsonb NOT NULL,
      -- The words of the document.
      body text NOT NULL,
      choices jsonb NOT NULL,
      version integer NOT NULL DEFAULT 0,
      changed_at timestamptz NOT NULL,
      removed_at timestamptz,
      removed_by uuid REFERENCES accounts (id)
    );
    CREATE INDEX lesson_pages_in ON lesson_pages (lesson_id, place);
    CREATE INDEX lesson_pages_removed_by ON lesson_pages (removed_by) WHERE removed_by IS NOT NULL;

    -- One time that somebody began.
    CREATE TABLE lesson_walks (
      id uuid PRIMARY KEY,
      lesson_id uuid NOT NULL REFERENCES lessons (id),
      account_id uuid NOT NULL REFERENCES accounts (id),
      -- The pages they came by, the one they are on or ended from last.
      path uuid[] NOT NULL,
      -- Null at the end.
      page_id uuid REFERENCES lesson_pages (id),
      steps integer NOT NULL,
      begun_at timestamptz NOT NULL,
      at timestamptz NOT NULL,
      finished_at timestamptz
    );
    CREATE INDEX lesson_walks_of ON lesson_walks (lesson_id, account_id, begun_at DESC, id DESC);
    CREATE INDEX lesson_walks_by ON lesson_walks (account_id);
    CREATE INDEX lesson_walks_on ON lesson_walks (page_id) WHERE page_id IS NOT NULL;

    CREATE TABLE lesson_steps (
      walk_id uuid NOT NULL REFERENCES lesson_walks (id) ON DELETE CASCADE,
      number integer NOT NULL,
      how text NOT NULL CHECK (how IN ('began', 'chose', 'back', 'jumped', 'moved')),
      from_page_id uuid REFERENCES lesson_pages (id),
      choice_id uuid,
      -- Null at the end.
      page_id uuid REFERENCES lesson_pages (id),
      at timestamptz NOT NULL,
      PRIMARY KEY (walk_id, number)
    );

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
        WHERE m.text IS NOT NULL
      UNION ALL
      SELECT 'glossary_entries', 'entry', e.id, g.course_id, e.glossary_id,
             concat_ws(' · ', e.word, nullif(array_to_string(e.names, ' · '), '')), e.body, e.changed_at
        FROM glossary_entries e JOIN glossaries g ON g.id = e.glossary_id
        WHERE e.removed_at IS NULL AND e.state = 'shown'
      UNION ALL
      SELECT 'lesson_pages', 'lesson-page', p.id, l.course_id, p.lesson_id, p.title, p.body, p.changed_at
        FROM lesson_pages p JOIN lessons l ON l.id = p.lesson_id
        WHERE p.removed_at IS NULL;

    CREATE TRIGGER search_added AFTER INSERT ON lesson_pages REFERENCING NEW TABLE AS fresh
      FOR EACH STATEMENT EXECUTE FUNCTION search_added();
    CREATE TRIGGER search_changed AFTER UPDATE OF title, body, removed_at ON lesson_pages
      FOR EACH ROW EXECUTE FUNCTION search_changed();
    CREATE TRIGGER search_gone AFTER DELETE ON lesson_pages FOR EACH ROW EXECUTE FUNCTION search_gone();
  `,
}
