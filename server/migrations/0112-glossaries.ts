// Glossaries and their entries, in the order of the language that a course is held in; what is shown is found by the search.
import type { Migration } from '#server/platform/db/migrate.ts'

/** The languages of courses; `und` where a course is in none of them. */
const languages = [
  ...[
    'ar',
    'da',
    'de',
    'el',
    'en',
    'es',
    'fi',
    'fr',
    'hu',
    'id',
    'it',
    'nb',
    'nl',
    'pt',
    'ro',
    'ru',
    'sv',
    'tr',
    'und',
  ],
]

export const glossariesTables: Migration = {
  name: '0112-glossaries',
  up: `
    ${languages
      .map(
        // The second takes letters for equal that the language files under one: a and ä in German, not in Swedish.
        code => `
    CREATE COLLATION words_${code} (provider = icu, locale = '${code}');
    CREATE COLLATION letters_${code} (provider = icu, locale = '${code}-u-ks-level1', deterministic = false);`,
      )
      .join('')}

    CREATE TABLE glossaries (
      id uuid PRIMARY KEY,
      course_id uuid NOT NULL REFERENCES courses (id),
      title text NOT NULL,
      intro text NOT NULL,
      suggestions boolean NOT NULL,
      linking boolean NOT NULL,
      version integer NOT NULL DEFAULT 0,
      changed_at timestamptz NOT NULL
    );
    CREATE INDEX glossaries_course ON glossaries (course_id);

    CREATE TABLE glossary_entries (
      id uuid PRIMARY KEY,
      glossary_id uuid NOT NULL REFERENCES glossaries (id),
      word text NOT NULL,
      names text[] NOT NULL,
      document jsonb NOT NULL,
      -- The words of the document.
      body text NOT NULL,
      state text NOT NULL CHECK (state IN ('shown', 'suggested')),
      suggested_by uuid REFERENCES accounts (id),
      version integer NOT NULL DEFAULT 0,
      changed_at timestamptz NOT NULL,
      removed_at timestamptz,
      removed_by uuid REFERENCES accounts (id)
    );
    CREATE UNIQUE INDEX glossary_entries_word ON glossary_entries (glossary_id, lower(word))
      WHERE removed_at IS NULL AND state = 'shown';
    CREATE INDEX glossary_entries_by ON glossary_entries (suggested_by) WHERE suggested_by IS NOT NULL;
    CREATE INDEX glossary_entries_removed_by ON glossary_entries (removed_by) WHERE removed_by IS NOT NULL;

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
        WHERE e.removed_at IS NULL AND e.state = 'shown';

    CREATE TRIGGER search_added AFTER INSERT ON glossary_entries REFERENCING NEW TABLE AS fresh
      FOR EACH STATEMENT EXECUTE FUNCTION search_added();
    CREATE TRIGGER search_changed AFTER UPDATE OF word, names, body, state, removed_at ON glossary_entries
      FOR EACH ROW EXECUTE FUNCTION search_changed();
    CREATE TRIGGER search_gone AFTER DELETE ON glossary_entries FOR EACH ROW EXECUTE FUNCTION search_gone();
  `,
}
