// The words things are found by: one row a thing, written by the database itself in the transaction that writes the
// thing, so that no writer can forget it. Rights are not copied: who may find a row is asked when it is looked for.
import type { Migration } from '#server/platform/db/migrate.ts'

/** Languages PostgreSQL has a stemmer for, by their codes. */
const stemmers = {
  ar: 'arabic',
  da: 'danish',
  de: 'german',
  el: 'greek',
  en: 'english',
  es: 'spanish',
  fi: 'finnish',
  fr: 'french',
  hu: 'hungarian',
  id: 'indonesian',
  it: 'italian',
  nb: 'norwegian',
  nl: 'dutch',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sv: 'swedish',
  tr: 'turkish',
}

// Words lose their accents before their endings.
const configuration = (name: string, copied: string, dictionary: string) => `
  CREATE TEXT SEARCH CONFIGURATION search_${name} (COPY = pg_catalog.${copied});
  ALTER TEXT SEARCH CONFIGURATION search_${name}
    ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part WITH unaccent, ${dictionary};`

/** Per table: what makes its row, and the columns whose change changes what it is found by. */
const sources = {
  accounts: 'name, erased_at',
  courses: 'title, short_name, summary',
  items: 'title',
  pages: 'title, body',
  files: 'name, words',
  notes: 'title, text',
  topics: 'title',
  messages: 'title, text',
}

// Inserts come by the hundred and are gathered; changes come one by one and are looked at only where words changed.
const triggers = (name: string, columns: string) => `
  CREATE TRIGGER search_added AFTER INSERT ON ${name} REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION search_added();
  CREATE TRIGGER search_changed AFTER UPDATE OF ${columns} ON ${name}
    FOR EACH ROW WHEN (${columns
      .split(', ')
      .map(column => `OLD.${column} IS DISTINCT FROM NEW.${column}`)
      .join(' OR ')})
    EXECUTE FUNCTION search_changed();
  CREATE TRIGGER search_gone AFTER DELETE ON ${name} FOR EACH ROW EXECUTE FUNCTION search_gone();`

export const searchTables: Migration = {
  name: '0062-search',
  up: `
    CREATE EXTENSION IF NOT EXISTS unaccent;
    ${configuration('simple', 'simple', 'simple')}
    ${Object.entries(stemmers)
      .map(([code, name]) => configuration(code, name, `${name}_stem`))
      .join('')}

    -- What language a course is held in; words of no course are taken as they are.
    ALTER TABLE courses ADD COLUMN language text NOT NULL DEFAULT 'en';
    -- The words of a file that is text; null where it is none.
    ALTER TABLE files ADD COLUMN words text;

    CREATE TABLE search_entries (
      ref_id uuid PRIMARY KEY,
      kind text NOT NULL,
      course_id uuid,
      -- Whose readers may find it: a channel, a class, a course.
      place_id uuid,
      title text NOT NULL,
      body text NOT NULL,
      language text NOT NULL,
      at timestamptz NOT NULL,
      vector tsvector NOT NULL
    );
    CREATE INDEX search_entries_vector ON search_entries USING gin (vector);
    CREATE INDEX search_entries_course ON search_entries (course_id);

    -- What every thing is found by. A message that was taken away has no text and no row here.
    CREATE VIEW search_words AS
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
             coalesce(m.title, ''), m.text, m.sent_at
        FROM messages m JOIN channels c ON c.id = m.channel_id
        CROSS JOIN LATERAL (SELECT CASE c.context_kind WHEN 'course' THEN c.context_id
          ELSE (SELECT r.course_id FROM runs r WHERE r.id = c.context_id) END AS course_id) w
        WHERE m.text IS NOT NULL;

    -- A name such as cell_structure.pdf is found by each of its words; a text beyond what a row can hold, by its beginning.
    CREATE FUNCTION search_vector(kind text, language text, title text, body text) RETURNS tsvector STABLE LANGUAGE sql
    RETURN setweight(to_tsvector(('search_' || language)::regconfig,
        CASE kind WHEN 'file' THEN title || ' ' || translate(title, '._-', '   ') ELSE title END), 'A')
      || setweight(to_tsvector(('search_' || language)::regconfig, left(body, 150000)), 'B');

    -- Brings the rows of these things up to what they say now.
    CREATE FUNCTION search_refresh(of_source text, ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO search_entries AS e (ref_id, kind, course_id, place_id, title, body, language, at, vector)
          SELECT w.ref_id, w.kind, w.course_id, w.place_id, w.title, w.body, l.language, w.at,
                 search_vector(w.kind, l.language, w.title, w.body)
          FROM search_words w
          LEFT JOIN courses c ON c.id = w.course_id
          CROSS JOIN LATERAL (SELECT coalesce(c.language, 'simple') AS language) l
          WHERE w.source = of_source AND w.ref_id = ANY (ids)
        ON CONFLICT (ref_id) DO UPDATE SET (kind, course_id, place_id, title, body, language, at, vector)
          = (excluded.kind, excluded.course_id, excluded.place_id, excluded.title, excluded.body, excluded.language,
             excluded.at, excluded.vector);
        DELETE FROM search_entries e WHERE e.ref_id = ANY (ids)
          AND NOT EXISTS (SELECT FROM search_words w WHERE w.source = of_source AND w.ref_id = e.ref_id);
      END
    $$;

    CREATE FUNCTION search_added() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM search_refresh(TG_TABLE_NAME, (SELECT array_agg(id) FROM fresh));
        RETURN NULL;
      END
    $$;
    CREATE FUNCTION search_changed() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM search_refresh(TG_TABLE_NAME, ARRAY[NEW.id]);
        RETURN NULL;
      END
    $$;
    CREATE FUNCTION search_gone() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM search_entries WHERE ref_id = OLD.id;
        RETURN NULL;
      END
    $$;
    ${Object.entries(sources)
      .map(([name, columns]) => triggers(name, columns))
      .join('')}

    -- A course in another language: its words lose other endings.
    CREATE FUNCTION search_language() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE search_entries SET language = NEW.language, vector = search_vector(kind, NEW.language, title, body)
          WHERE course_id = NEW.id;
        RETURN NULL;
      END
    $$;
    CREATE TRIGGER search_language AFTER UPDATE OF language ON courses
      FOR EACH ROW WHEN (OLD.language IS DISTINCT FROM NEW.language) EXECUTE FUNCTION search_language();

    -- What stands already. Things of years are indexed here once, before anybody comes in.
    SELECT search_refresh(source, array_agg(ref_id)) FROM search_words GROUP BY source;
  `,
}
