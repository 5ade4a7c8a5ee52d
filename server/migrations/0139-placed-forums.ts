// A course has forums of its own beside the one it began with: each is a channel whose context is a place in the outline. What is
// said there is found as words of that course.
import type { Migration } from '#server/platform/db/migrate.ts'

export const placedForums: Migration = {
  name: '0139-placed-forums',
  up: `
    CREATE UNIQUE INDEX channels_of_placed_forums ON channels (context_id) WHERE context_kind = 'forum';

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
          WHEN 'forum' THEN (SELECT i.course_id FROM items i WHERE i.kind = 'forum' AND i.ref_id = c.context_id)
          ELSE (SELECT r.course_id FROM runs r WHERE r.id = c.context_id) END AS course_id) w
      UNION ALL
      SELECT 'messages', CASE WHEN m.topic_id IS NULL THEN 'message' ELSE 'post' END, m.id, w.course_id, m.channel_id,
             coalesce(m.title, ''), concat_ws(' · ', nullif(m.text, ''), (
               SELECT string_agg(translate(f.name, '_-', '  '), ' · ' ORDER BY f.place)
                 FROM attachments f WHERE f.message_id = m.id)), m.sent_at
        FROM messages m JOIN channels c ON c.id = m.channel_id
        CROSS JOIN LATERAL (SELECT CASE c.context_kind WHEN 'course' THEN c.context_id
          WHEN 'forum' THEN (SELECT i.course_id FROM items i WHERE i.kind = 'forum' AND i.ref_id = c.context_id)
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
  `,
}
