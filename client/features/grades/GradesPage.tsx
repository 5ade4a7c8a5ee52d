// Grades of a course: the table for those who may see all, the own list for everybody else.
import { ChartNoAxesColumn, Scale } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { useStanding } from '#client/features/courses/standing.ts'
import { request, requestOf } from '#client/platform/call.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { useSettled } from '#client/platform/use-settled.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { InputBefore, Output } from '#protocol/base/call.ts'
import { usualGrading } from '#protocol/grades/grading.ts'
import { type GradeItem, gradebookScope, gradeRoutes } from '#protocol/grades.ts'
import { type GradeRow, GradesTable } from './GradesTable.tsx'
import { ColumnRelease, HeldColumns, NewColumns } from './HeldColumns.tsx'
import { MyGrades } from './MyGrades.tsx'
import { ReleaseDialog } from './ReleaseDialog.tsx'
import { type Weights, WeightsForm } from './WeightsForm.tsx'
import './Grades.css'

/** /courses/:courseId/grades */
export function GradesPage({ params: { courseId } }: PageProps<'grades'>) {
  usePageTitle(t('grades.title'))
  const { course, may } = useStanding(courseId)
  const all = course.value && may('grade.view-all')
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('grades.title')}
        actions={
          all &&
          may('grade.change') && (
            <ButtonLink icon={Scale} href={pathTo('grading', { courseId })}>
              {t('grading.toGrading')}
            </ButtonLink>
          )
        }
        parent={{ label: course.value?.course.title ?? t('app.courseTitle'), href: pathTo('course', { courseId }) }}
      />
      {course.problem && !course.value ? (
        <ErrorState title={problemWords(course.problem)} requestId={course.problem.requestId} onRetry={course.reload} />
      ) : all === undefined ? (
        <Skeleton form="rows" />
      ) : all ? (
        <AllGrades
          courseId={courseId}
          zone={course.value?.course.timeZone ?? 'UTC'}
          mayChange={may('grade.change')}
          mayRelease={may('grade.release')}
        />
      ) : (
        <MyGrades courseId={courseId} />
      )}
    </div>
  )
}

type Table = Output<typeof gradeRoutes.table>

/** The table comes in pages and is shown whole: it sorts, copies and draws only what is in sight. */
async function wholeTable(
  courseId: string,
  search: string,
): Promise<{ items: readonly GradeItem[]; rows: GradeRow[] }> {
  const rows: GradeRow[] = []
  let items: Table['gradeItems'] = []
  let page: Table | undefined
  do {
    const input = {
      courseId,
      limit: 200,
      ...(search ? { search } : {}),
      ...(page?.next ? { after: page.next } : {}),
    }
    const first = page === undefined
    page = await request(gradeRoutes.table, input as InputBefore<typeof gradeRoutes.table>)
    if (first) items = page.gradeItems
    rows.push(...page.items)
  } while (page.next)
  return { items, rows }
}

type AllGradesProps = {
  readonly courseId: string
  /** The time zone of the course. */
  readonly zone: string
  readonly mayChange: boolean
  readonly mayRelease: boolean
}

function AllGrades({ courseId, zone, mayChange, mayRelease }: AllGradesProps) {
  const [search, setSearch] = useState('')
  const asked = useSettled(search.trim())
  const table = useLoad(`${courseId} ${asked}`, () => wholeTable(courseId, asked))
  const [shown, setShown] = useState(table.value)
  useEffect(() => {
    if (table.value) setShown(table.value)
  }, [table.value])
  const book = useScope(gradebookScope, courseId)
  const changes = book.state.value?.changes
  useEffect(() => {
    // What changed is counted in the scope; the figures are read again, a burst of changes once.
    if (changes === undefined) return
    const timer = setTimeout(table.reload, 300)
    return () => clearTimeout(timer)
  }, [changes])
  const [releasing, setReleasing] = useState<GradeItem | undefined>(undefined)
  const [editing, setEditing] = useState<GradeItem | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | undefined>(undefined)

  const save = async (weights: Partial<Weights>) => {
    if (!editing) return
    setBusy(true)
    setProblem(undefined)
    try {
      await request(gradeRoutes.changeItem, { gradeItemId: editing.id, version: editing.version, ...weights })
      setEditing(undefined)
      showToast({ text: t('grades.saved') })
      table.reload()
    } catch (error) {
      setProblem(problemWords(error))
      if (error instanceof ClientProblem && error.code === 'conflict') table.reload()
    }
    setBusy(false)
  }

  if (!shown) {
    return table.problem ? (
      <ErrorState title={problemWords(table.problem)} requestId={table.problem.requestId} onRetry={table.reload} />
    ) : (
      <Skeleton form="rows" count={8} />
    )
  }
  const holds = book.state.value?.holds
  const grading = book.state.value?.grading ?? usualGrading
  const newColumns = mayRelease && holds !== undefined && <NewColumns courseId={courseId} holds={holds} />
  if (shown.items.length === 0 && !asked) {
    return (
      <>
        <EmptyState icon={ChartNoAxesColumn} title={t('grades.empty')}>
          {t('grades.emptyDetail')}
        </EmptyState>
        {newColumns}
      </>
    )
  }
  // What the scope says is newer than the table that is read again after it.
  const items = shown.items.map(one => book.state.value?.items.find(({ id }) => id === one.id) ?? one)
  return (
    <>
      <HeldColumns items={items} mayRelease={mayRelease} onRelease={setReleasing} />
      <GradesTable
        courseId={courseId}
        items={items}
        rows={shown.rows}
        scale={grading.scale}
        by={grading.total.by}
        search={search}
        onSearch={setSearch}
        csvHref={requestOf(gradeRoutes.csv, { courseId }).url}
        mayRelease={mayRelease}
        onWeights={
          mayChange || mayRelease
            ? item => {
                setProblem(undefined)
                setEditing(item)
              }
            : undefined
        }
      />
      {newColumns}
      {releasing && <ReleaseDialog item={releasing} zone={zone} onClose={() => setReleasing(undefined)} />}
      <Dialog open={editing !== undefined} onClose={() => setEditing(undefined)} title={t('grades.weights')}>
        {editing && mayRelease && (
          <ColumnRelease
            item={editing}
            onRelease={() => {
              setReleasing(editing)
              setEditing(undefined)
            }}
            onDone={() => setEditing(undefined)}
          />
        )}
        {editing && mayChange && (
          <WeightsForm
            item={editing}
            busy={busy}
            problem={problem}
            onSave={weights => void save(weights)}
            onCancel={() => setEditing(undefined)}
          />
        )}
      </Dialog>
    </>
  )
}
