// Everybody's progress for the staff of a course: learners by items, those behind alone, the table as a file.
import { Download, ListChecks } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import type { CourseView } from '#client/features/courses/store.ts'
import { request, requestOf } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { type Column, Table } from '#client/ui/Table.tsx'
import type { Output } from '#protocol/base/call.ts'
import { isLive } from '#protocol/courses.ts'
import { gradebookScope } from '#protocol/grades.ts'
import { type ProgressItem, type ProgressRow, progressRoutes, progressScope } from '#protocol/progress.ts'
import { CourseCell } from './CourseCell.tsx'
import { stateWords } from './words.ts'
import './progress.css'

type Page = Output<typeof progressRoutes.table>
interface Whole {
  readonly items: readonly ProgressItem[]
  readonly rows: readonly ProgressRow[]
  /** The rule of the course asks a teacher to confirm. */
  readonly confirmed: boolean
}

/** The table comes in pages and is shown whole: it sorts, copies and draws only what is in sight. */
async function wholeTable(courseId: string): Promise<Whole> {
  const rows: ProgressRow[] = []
  let items: Page['items'] = []
  let confirmed = false
  let after: string | undefined
  do {
    const page: Page = await request(progressRoutes.table, { courseId, limit: 200, ...(after ? { after } : {}) })
    if (after === undefined) items = page.items
    rows.push(...page.rows)
    confirmed = page.confirmed
    after = page.next
  } while (after)
  return { items, rows, confirmed }
}

const filters = ['all', 'behind', 'completed', 'not-completed'] as const
type Filter = (typeof filters)[number]
const gatherMs = 300
/** Who takes a seat is announced to nobody: while a class runs the table is read again this often. */
const whileLiveMs = 5_000

export interface CompletionProps {
  readonly courseId: string
  readonly view: CourseView
  readonly first: Filter
}

/** Live: read again when somebody gets on. */
export function Completion({ courseId, view, first }: CompletionProps) {
  const [filter, setFilter] = useState<Filter>(first)
  const table = useLoad(courseId, () => wholeTable(courseId))
  const scope = useScope(progressScope, courseId)
  const { moved } = scope.fleeting.value
  const told = scope.head.value
  // A hint that was missed is not told again: whoever comes back looks.
  const here = scope.status.value !== 'stale'
  const changes = useScope(gradebookScope, courseId).state.value?.changes
  const placed = view.items.value
  const live = placed.some(isLive)
  useEffect(() => {
    if (!here) return
    const timer = setTimeout(table.reload, gatherMs)
    return () => clearTimeout(timer)
  }, [here, moved, told, changes, placed])
  useEffect(() => {
    const timer = live ? setInterval(table.reload, whileLiveMs) : undefined
    return () => clearInterval(timer)
  }, [live])

  if (!table.value)
    return table.problem ? (
      <ErrorState
        title={t('progress.failed')}
        detail={problemWords(table.problem)}
        requestId={table.problem.requestId}
        onRetry={table.reload}
      />
    ) : (
      <Skeleton form="rows" count={8} />
    )
  return (
    <CompletionTable
      {...table.value}
      filter={filter}
      onFilter={setFilter}
      csvHref={requestOf(progressRoutes.csv, { courseId }).url}
      courseId={courseId}
      mayMark={view.standing.value?.capabilities.includes('grade.change') ?? false}
    />
  )
}

export interface CompletionTableProps extends Whole {
  readonly filter: Filter
  readonly onFilter: (filter: Filter) => void
  readonly csvHref: string
  readonly courseId: string
  /** Whether the reader may say of learners that they have completed the course. */
  readonly mayMark: boolean
}

const passes: Readonly<Record<Filter, (row: ProgressRow) => boolean>> = {
  all: () => true,
  behind: ({ sum }) => sum.missed + sum.late > 0,
  completed: ({ course }) => course?.record != null,
  'not-completed': ({ course }) => course?.record == null,
}

/** From the state alone. */
export function CompletionTable(props: CompletionTableProps) {
  const { items, rows, confirmed, filter, onFilter, csvHref, courseId, mayMark } = props
  const ruled = rows.some(row => row.course !== null)
  if (items.length === 0 && !ruled)
    return (
      <EmptyState icon={ListChecks} title={t('progress.emptyStaff')}>
        {t('progress.emptyStaffDetail')}
      </EmptyState>
    )
  const shown = rows.filter(passes[filter])
  const now = Date.now()
  const columns: readonly Column<ProgressRow>[] = [
    { key: 'name', head: t('progress.learner'), value: row => row.name, sortable: true, rowHead: true },
    {
      key: 'done',
      head: t('progress.done'),
      value: row => (row.sum.of === 0 ? 0 : row.sum.done / row.sum.of),
      cell: row => t('progress.gradeOf', { score: row.sum.done, points: row.sum.of }),
      numeric: true,
      sortable: true,
    },
    {
      key: 'behind',
      head: t('progress.behind'),
      value: row => row.sum.missed + row.sum.late,
      cell: row => {
        const { missed, late } = row.sum
        return missed + late > 0 ? t('progress.behindWords', { missed, late }) : ''
      },
      sortable: true,
    },
    ...(ruled
      ? [
          {
            key: 'course',
            head: t('progress.courseCompleted'),
            value: (row: ProgressRow) => row.course?.record?.at.slice(0, 10) ?? '',
            cell: (row: ProgressRow) => (
              <CourseCell courseId={courseId} row={row} mayMark={mayMark} confirmed={confirmed} />
            ),
            sortable: true,
          },
        ]
      : []),
    ...items.map(
      (item, at): Column<ProgressRow> => ({
        key: item.itemId,
        head: item.title,
        value: row => {
          const cell = row.cells[at]
          return cell && cell.state !== 'none' ? stateWords(cell, now).word : ''
        },
        cell: row => {
          const cell = row.cells[at]
          if (!cell) return null
          const { word, icon, tone } = stateWords(cell, now)
          return (
            <span class="progress-cell" data-tone={tone}>
              <Icon as={icon} />
              {word}
            </span>
          )
        },
      }),
    ),
  ]
  return (
    <div class="stack">
      <div class="progress-tools">
        <Field
          type="select"
          name="who"
          label={t('progress.who')}
          labelHidden
          value={filter}
          onValue={value => onFilter(filters.find(one => one === value) ?? 'all')}
          options={[
            { value: 'all', label: t('progress.all') },
            { value: 'behind', label: t('progress.behind') },
            ...(ruled
              ? [
                  { value: 'completed', label: t('progress.completedOnes') },
                  { value: 'not-completed', label: t('progress.notCompletedOnes') },
                ]
              : []),
          ]}
        />
        {ruled && (
          <p class="muted" role="status">
            {t('progress.courseCount', { done: rows.filter(passes.completed).length, count: rows.length })}
          </p>
        )}
        <ButtonLink href={csvHref} download="" icon={Download}>
          {t('progress.download')}
        </ButtonLink>
      </div>
      <div class="progress-table">
        <Table
          label={t('progress.title')}
          columns={columns}
          rows={shown}
          rowKey={row => row.accountId}
          sortBy={{ key: 'name' }}
          empty={
            rows.length > 0 && filter === 'behind' ? (
              <EmptyState title={t('progress.behindNone')}>{t('progress.behindNoneDetail')}</EmptyState>
            ) : rows.length > 0 ? (
              <EmptyState title={t('progress.completedNobody')}>{t('progress.completedNobodyDetail')}</EmptyState>
            ) : (
              <EmptyState title={t('progress.noLearners')} />
            )
          }
        />
      </div>
    </div>
  )
}
