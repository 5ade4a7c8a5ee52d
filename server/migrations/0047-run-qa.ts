// What is asked in a class is its `qa`; `questions` are those of the bank alone. Until the release after this one, nodes of
// the release before write the old column: whichever of the two comes fills the other.
import type { Migration } from '#server/platform/db/migrate.ts'

export const runQa: Migration = {
  name: '0047-run-qa',
  up: `
    ALTER TABLE runs ADD COLUMN qa_id uuid REFERENCES channels (id);
    UPDATE runs SET qa_id = questions_id;
    ALTER TABLE runs ALTER COLUMN qa_id SET NOT NULL;
    CREATE FUNCTION runs_qa_both() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.qa_id := coalesce(NEW.qa_id, NEW.questions_id);
        NEW.questions_id := coalesce(NEW.questions_id, NEW.qa_id);
        RETURN NEW;
      END
    $$;
    CREATE TRIGGER runs_qa_both BEFORE INSERT ON runs FOR EACH ROW EXECUTE FUNCTION runs_qa_both();
  `,
}
