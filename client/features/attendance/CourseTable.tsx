// Learners by classes: each word leads to the list of its class.
import { CalendarCheck } from 'lucide-preact'
import { useEffect } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { requestOf } from '#client/platform/call.ts'
import { dayWord } from '#client/platform/dates.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useKept, useLoad } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { type Column, Table } from '#client/ui/Table.tsx'
import { type AttendedRun, attendanceRoutes, attendanceScope } from '#protocol/attendance.ts'
import { type CourseAttendance, wholeTable } from './store.ts'
import { rulesWords, standingLook, wasIn } from './words.ts'
import './attendance.css'

type Learner = CourseAttendance['rows'][number]

/** Live: read again when somebody corrects something. */
export function CourseTable({ courseId }: { readonly courseId: string }) {
  const table = useLoad(courseId, () => wholeTable(courseId))
  const shown = useKept(table)
  const changes = useScope(attendanceScope, courseId).state.value?.changes
  useEffect(() => {
    if (changes === undefined) return
    const timer = setTimeout(table.reload, 300)
    return () => clearTimeout(timer)
  }, [changes])
  if (!shown)
    return table.problem ? (
      <ErrorState
        title={t('attendance.failed')}
        detail={problemWords(table.problem)}
        requestId={table.problem.requestId}
        onRetry={table.reload}
      />
    ) : (
      <Skeleton form="rows" count={8} />
    )
  if (shown.runs.length === 0)
    return (
      <EmptyState icon={CalendarCheck} title={t('attendance.noClasses')}>
        {t('attendance.noClassesDetail')}
      </EmptyState>
    )
  return (
    <div class="stack">
      <Table
        label={t('attendance.courses')}
        columns={columnsOf(shown.runs)}
        rows={shown.rows}
        rowKey={row => row.accountId}
        sortBy={{ key: 'name' }}
        download={{ href: requestOf(attendanceRoutes.tableCsv, { courseId }).url, label: t('attendance.download') }}
        empty={<EmptyState title={t('attendance.empty')}>{t('attendance.emptyDetail')}</EmptyState>}
      />
      <p class="muted attendance-rules">
        {rulesWords()} {t('attendance.star')}
      </p>
    </div>
  )
}

const cellOf = (row: Learner, runId: string) => row.cells.find(one => one.runId === runId)

function columnsOf(runs: readonly AttendedRun[]): Column<Learner>[] {
  const over = new Set<string>(runs.filter(one => one.endedAt !== null).map(one => one.id))
  const sum = (row: Learner) => wasIn(row.cells.filter(one => over.has(one.runId)).map(one => one.status))
  return [
    { key: 'name', head: t('attendance.learner'), value: row => row.name, sortable: true, rowHead: true },
    {
      key: 'was',
      head: t('attendance.was'),
      headTip: t('attendance.wasHint'),
      value: row => {
        const { count, of } = sum(row)
        return of === 0 ? null : Math.round((100 * count) / of)
      },
      copied: row => {
        const { count, of } = sum(row)
        return `${count}/${of}`
      },
      numeric: true,
      sortable: true,
      cell: row => {
        const { count, of } = sum(row)
        return of === 0 ? '–' : <span class="figures">{t('attendance.wasOf', { count, of })}</span>
      },
    },
    ...runs.map((run): Column<Learner> => {
      const wordOf = (row: Learner) => {
        const cell = cellOf(row, run.id)
        return cell && standingLook(run, { status: cell.status, mark: null }).word
      }
      return {
        key: run.id,
        head: run.title,
        headDetail: dayWord(run.startedAt),
        headTip: run.title,
        value: wordOf,
        sortable: true,
        cell: row => <Cell run={run} row={row} />,
      }
    }),
  ]
}

function Cell({ run, row }: { readonly run: AttendedRun; readonly row: Learner }) {
  const cell = cellOf(row, run.id)
  if (!cell) return <span class="muted">–</span>
  const { word, icon, tone } = standingLook(run, { status: cell.status, mark: null })
  const said = { name: row.name, title: run.title, status: word }
  return (
    <a
      class="attendance-cell"
      href={pathTo('classAttendance', { runId: run.id }, { who: row.accountId })}
      data-tone={tone}
      data-corrected={cell.corrected || undefined}
      aria-label={t(cell.corrected ? 'attendance.classCellCorrected' : 'attendance.classCell', said)}
    >
      <Icon as={icon} />
      {word}
      {cell.corrected && '*'}
    </a>
  )
}
