// Every item of a course is a place of its own below the course: roles can be given and rules said there. The database makes
// it with the item, whoever places, copies or brings one in, also a node of the version before that runs beside this one.
import type { Migration } from '#server/platform/db/migrate.ts'

export const itemContexts: Migration = {
  name: '0131-item-contexts',
  up: `
    INSERT INTO contexts (kind, id, parent_kind, parent_id, phase)
      SELECT 'item', id, 'course', course_id, 'open' FROM items
      ON CONFLICT DO NOTHING;

    CREATE FUNCTION items_are_places() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO contexts (kind, id, parent_kind, parent_id, phase)
          SELECT 'item', id, 'course', course_id, 'open' FROM placed
          ON CONFLICT DO NOTHING;
        RETURN NULL;
      END $$;
    CREATE TRIGGER items_are_places AFTER INSERT ON items
      REFERENCING NEW TABLE AS placed FOR EACH STATEMENT EXECUTE FUNCTION items_are_places();
  `,
}
