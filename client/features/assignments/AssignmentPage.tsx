// An assignment: what is to be done and by when; to its learners their own work, to staff everybody's. A mark, a change of
// the assignment and what is handed in show by themselves.
import { Pencil } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import type { PageProps } from '#client/app/paths.ts'
import { dueTime } from '#client/features/activities/course-facts.ts'
import { DocumentView } from '#client/features/content/DocumentView.tsx'
import '#client/features/content/content.css'
import { ItemAway, ItemPage, useItemPage } from '#client/features/courses/ItemPage.tsx'
import { useMyCourses } from '#client/features/courses/mine.ts'
import { policyWords } from '#client/features/grades/late.ts'
import { score } from '#client/features/grades/numbers.ts'
import { timeZone } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { OwnSubmission } from '#protocol/assignments/submissions.ts'
import type { Assignment } from '#protocol/assignments.ts'
import type { LatePolicy } from '#protocol/grades/late.ts'
import { AssignmentEditor } from './AssignmentEditor.tsx'
import { OwnWork } from './OwnWork.tsx'
import { Submissions } from './Submissions.tsx'
import { getAssignment } from './store.ts'
import { dueWords } from './words.ts'
import './assignments.css'

/** /courses/:courseId/assignments/:assignmentId; `?edit=1` opens it for writing. */
export function AssignmentPage({ params: { courseId, assignmentId }, query }: PageProps<'assignment'>) {
  const [editing, setEditing] = useState(query.edit === '1')
  const page = useItemPage({
    ...{ courseId, kind: 'assignment', refId: assignmentId, word: 'assignments.assignment', still: editing },
    load: () => getAssignment({ courseId, assignmentId }),
    titleOf: ({ assignment }) => assignment.title,
    // One's own mark and other windows are told in one's own scope.
    turn: useMyCourses(),
  })
  const { value, reload } = page
  // What was just handed in, until it is read again.
  const [handed, setHanded] = useState<OwnSubmission>()
  useEffect(() => setHanded(undefined), [value])
  if (!value)
    return (
      <ItemAway
        page={page}
        goneTitle="assignments.goneTitle"
        goneDetail="assignments.goneDetail"
        loadFailed="assignments.loadFailed"
      />
    )
  const { assignment, mayChange, mayReadAll } = value
  const own = handed ?? value.own
  if (editing && mayChange)
    return (
      <div class="stack-loose">
        <PageHeader title={assignment.title} parent={page.home} />
        <AssignmentEditor
          assignment={assignment}
          zone={page.course?.timeZone ?? timeZone.value}
          onDone={how => {
            setEditing(false)
            if (how === 'saved') showToast({ text: t('assignments.saved') })
          }}
        />
      </div>
    )
  return (
    <ItemPage
      page={page}
      title={assignment.title}
      lead={<Facts assignment={assignment} policy={value.policy} />}
      actions={
        mayChange && (
          <Button icon={Pencil} onClick={() => setEditing(true)}>
            {t('assignments.edit')}
          </Button>
        )
      }
      mayChange={mayChange}
      draft="assignments.draft"
    >
      {assignment.document.content.length > 0 ? (
        <DocumentView document={assignment.document} courseId={courseId} />
      ) : (
        <p class="muted">{t('assignments.noInstructions')}</p>
      )}
      {own && (
        <OwnWork
          assignment={assignment}
          policy={value.policy}
          own={own}
          mayHandIn={value.mayHandIn}
          onChanged={reload}
          onHandedIn={setHanded}
        />
      )}
      {mayReadAll && <Submissions key={assignmentId} assignment={assignment} />}
    </ItemPage>
  )
}

interface FactsProps {
  readonly assignment: Assignment
  readonly policy: LatePolicy
}

function Facts({ assignment: { courseId, dueAt, cutOffAt, points }, policy }: FactsProps) {
  // What late work costs is of interest where something can be late, and what is missing where it ends.
  const words = policyWords({
    late: dueAt === null ? null : policy.late,
    missing: cutOffAt === null ? null : policy.missing,
  })
  return (
    <>
      <p class="figures">
        {dueWords(courseId, dueAt)}
        {cutOffAt !== null && ` · ${t('assignments.until', { when: dueTime(courseId, cutOffAt) })}`}
        {' · '}
        {t('assignments.outOf', { count: Number(points), points: score(points) })}
      </p>
      {words.length > 0 && <p class="muted figures">{words.map(one => `${one}.`).join(' ')}</p>}
    </>
  )
}
