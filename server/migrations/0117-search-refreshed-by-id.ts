// What is found is brought up to date row by row: which rows no longer say anything is read from what was just written. A
// question of its own to the words of all there is walked through every message there is, at each message sent.
import type { Migration } from '#server/platform/db/migrate.ts'

export const searchRefreshedById: Migration = {
  name: '0117-search-refreshed-by-id',
  up: `
    CREATE OR REPLACE FUNCTION search_refresh(of_source text, ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        WITH said AS (
          INSERT INTO search_entries AS e (ref_id, kind, course_id, place_id, title, body, language, at, vector)
            SELECT w.ref_id, w.kind, w.course_id, w.place_id, w.title, w.body, l.language, w.at,
                   search_vector(w.kind, l.language, w.title, w.body)
            FROM search_words w
            LEFT JOIN courses c ON c.id = w.course_id
            CROSS JOIN LATERAL (SELECT coalesce(c.language, 'simple') AS language) l
            WHERE w.source = of_source AND w.ref_id = ANY (ids)
          ON CONFLICT (ref_id) DO UPDATE SET (kind, course_id, place_id, title, body, language, at, vector)
            = (excluded.kind, excluded.course_id, excluded.place_id, excluded.title, excluded.body, excluded.language,
               excluded.at, excluded.vector)
          RETURNING ref_id
        )
        DELETE FROM search_entries e WHERE e.ref_id = ANY (ids) AND e.ref_id NOT IN (SELECT ref_id FROM said);
      END
    $$;
  `,
}
