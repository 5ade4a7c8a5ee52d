// Changes an assignment: what is to be done, in the editor of pages, and what it takes. Saved as a whole, when asked.
import { useState } from 'preact/hooks'
import { WrittenText } from '#client/features/content/WrittenText.tsx'
import { anyChange, ChangesDialog } from '#client/features/grades/ChangesDialog.tsx'
import { t } from '#client/platform/texts.ts'
import type { Assignment } from '#protocol/assignments.ts'
import type { PageDocument } from '#protocol/content/document.ts'
import type { GradeChanges } from '#protocol/grades.ts'
import { AssignmentForm, type AssignmentWords } from './AssignmentForm.tsx'
import { changeAssignment, plainly, previewLate } from './store.ts'

interface AssignmentEditorProps {
  readonly assignment: Assignment
  readonly zone: string
  readonly onDone: (how: 'saved' | 'left') => void
}

const empty: PageDocument = { schema: 1, content: [{ type: 'paragraph' }] }

export function AssignmentEditor({ assignment, zone, onDone }: AssignmentEditorProps) {
  const [document, setDocument] = useState(assignment.document.content.length > 0 ? assignment.document : empty)
  const { id: assignmentId, courseId, version } = assignment
  const [asking, setAsking] = useState<{ readonly words: AssignmentWords; readonly changes: GradeChanges }>()
  const write = async (words: AssignmentWords) => {
    await changeAssignment({ courseId, assignmentId, version, ...words, document: plainly(document) })
    onDone('saved')
  }
  return (
    <AssignmentForm
      assignment={assignment}
      zone={zone}
      save={t('assignments.save')}
      onClose={() => onDone('left')}
      onSave={async words => {
        const of = { courseId, assignmentId }
        const changes =
          JSON.stringify(words.late) === JSON.stringify(assignment.late)
            ? undefined
            : await previewLate({ ...of, late: words.late })
        if (changes && anyChange(changes)) return setAsking({ words, changes })
        await write(words)
      }}
    >
      {asking && (
        <ChangesDialog
          changes={asking.changes}
          onApply={() => write(asking.words)}
          onClose={() => setAsking(undefined)}
        />
      )}
      <section class="stack-tight assignment-text" aria-label={t('assignments.instructions')}>
        <p class="field-label" aria-hidden="true">
          {t('assignments.instructions')}
        </p>
        <WrittenText courseId={courseId} title={assignment.title} document={document} onDocument={setDocument} />
      </section>
    </AssignmentForm>
  )
}
