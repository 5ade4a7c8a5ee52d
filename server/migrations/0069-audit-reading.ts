// The trail as administrators read it: the latest first, by whom, about what, where.
import type { Migration } from '#server/platform/db/migrate.ts'

export const auditReading: Migration = {
  name: '0069-audit-reading',
  up: `
    CREATE INDEX audit_entries_by_actor ON audit_entries (actor, id);
    CREATE INDEX audit_entries_by_subject ON audit_entries (subject_id, id);
    CREATE INDEX audit_entries_by_context ON audit_entries (context_id, id) WHERE context_id IS NOT NULL;
    CREATE INDEX audit_entries_by_verb ON audit_entries (verb text_pattern_ops, id);
  `,
}
