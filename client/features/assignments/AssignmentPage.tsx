// An assignment: what is to be done and by when; to its learners their own work, to staff everybody's. A mark, a change of
// the assignment and what is handed in show by themselves.
import { Pencil } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { dueTime } from '#client/features/activities/course-facts.ts'
import { LockedPage } from '#client/features/conditions/LockedPage.tsx'
import { DocumentView } from '#client/features/content/DocumentView.tsx'
import '#client/features/content/content.css'
import { useMyCourses } from '#client/features/courses/mine.ts'
import { showItem, useCourse } from '#client/features/courses/store.ts'
import { policyWords } from '#client/features/grades/late.ts'
import { score } from '#client/features/grades/numbers.ts'
import { timeZone } from '#client/platform/dates.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
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
  const view = useCourse(courseId)
  const [editing, setEditing] = useState(query.edit === '1')
  const { value, problem, reload } = useLoad(assignmentId, () => getAssignment({ courseId, assignmentId }))
  // What was just handed in, until it is read again.
  const [handed, setHanded] = useState<OwnSubmission>()
  useEffect(() => setHanded(undefined), [value])
  // The item carries the assignment's version; one's own mark and other windows are told in one's own scope.
  const item = view.items.value.find(one => one.kind === 'assignment' && one.refId === assignmentId)
  const turn = useMyCourses()
  const newest = `${item?.detail.version} ${item?.published} ${turn}`
  useEffect(() => {
    if (item && !editing) reload()
  }, [newest, editing])
  usePageTitle(value?.assignment.title ?? t('assignments.assignment'))

  const course = view.course.value?.course
  const home = { label: course?.title ?? t('courses.courseTitle'), href: pathTo('course', { courseId }) }
  if (problem?.code === 'not-found' || view.status.value === 'closed')
    return (
      <div class="stack">
        <PageHeader title={t('assignments.goneTitle')} lead={t('assignments.goneDetail')} />
        <div>
          <ButtonLink href={home.href}>{home.label}</ButtonLink>
        </div>
      </div>
    )
  if (problem?.code === 'locked') return <LockedPage courseId={courseId} onRetry={reload} />
  if (problem && !value)
    return (
      <ErrorState
        page
        title={t('assignments.loadFailed')}
        detail={problemWords(problem)}
        requestId={problem.requestId}
        onRetry={reload}
      />
    )
  if (!value) return <Skeleton form="page" />
  const { assignment, mayChange, mayReadAll } = value
  const own = handed ?? value.own
  if (editing && mayChange)
    return (
      <div class="stack-loose">
        <PageHeader title={assignment.title} parent={home} />
        <AssignmentEditor
          assignment={assignment}
          zone={course?.timeZone ?? timeZone.value}
          onDone={how => {
            setEditing(false)
            if (how === 'saved') showToast({ text: t('assignments.saved') })
          }}
        />
      </div>
    )
  return (
    <article class="stack-loose">
      <PageHeader
        title={assignment.title}
        parent={home}
        lead={<Facts assignment={assignment} policy={value.policy} />}
        actions={
          mayChange && (
            <Button icon={Pencil} onClick={() => setEditing(true)}>
              {t('assignments.edit')}
            </Button>
          )
        }
      />
      {mayChange && item && !item.published && (
        <Banner
          action={
            <Button size="small" onClick={() => void showItem(courseId, item, 'published')}>
              {t('content.publish')}
            </Button>
          }
        >
          {t('assignments.draft')}
        </Banner>
      )}
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
    </article>
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
