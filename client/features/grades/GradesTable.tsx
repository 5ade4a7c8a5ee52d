// The instructor's table: learners by items, each figure a way to its reasons. It is given whole; it fetches nothing.
import { CircleOff, Clock, Eye, EyeOff, NotebookPen, Radio, Settings2 } from 'lucide-preact'
import { useMemo, useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { type Column, Table } from '#client/ui/Table.tsx'
import type { Scale } from '#protocol/grades/scale.ts'
import { scoredTotal, type Total, type TotalBy } from '#protocol/grades/total.ts'
import type { EmptyCell, GradeCell, GradeItem } from '#protocol/grades.ts'
import { emptyWords } from './empty.ts'
import { Grade, gradeWords } from './Grade.tsx'
import { latenessWords } from './late.ts'
import { markedKind } from './marked.ts'
import { meanOf } from './means.ts'
import { score } from './numbers.ts'
import { rulesWords } from './RulesFields.tsx'
import './Grades.css'

export type GradeRow = {
  readonly accountId: string
  readonly name: string
  readonly kind: 'member' | 'guest'
  readonly cells: readonly GradeCell[]
  readonly empty: readonly EmptyCell[]
  readonly total: Total | null
}

export type GradesTableProps = {
  readonly courseId: string
  readonly items: readonly GradeItem[]
  readonly rows: readonly GradeRow[]
  /** How the course shows grades, and what its total goes by. */
  readonly scale: Scale
  readonly by: TotalBy
  readonly search: string
  readonly onSearch: (search: string) => void
  readonly csvHref: string
  /** Absent for whoever may change no column. */
  readonly onWeights: ((item: GradeItem) => void) | undefined
  readonly mayRelease: boolean
}

const cellOf = (row: GradeRow, id: string) => row.cells.find(one => one.gradeItemId === id)
const whyOf = (row: GradeRow, id: string) => {
  const why = row.empty.find(one => one.gradeItemId === id)?.why
  return why === 'not-given' ? undefined : why
}
const whole = (percent: number | null) => (percent === null ? '' : String(Math.round(percent)))

/** Search, the table, the file. */
export function GradesTable(props: GradesTableProps) {
  const { courseId, items, rows, scale, by, search, onSearch, csvHref, onWeights, mayRelease } = props
  const [who, setWho] = useState('learners')
  const guests = rows.some(row => row.kind === 'guest')
  const shown = who === 'everybody' ? rows : rows.filter(row => row.kind === 'member')
  const columns = useMemo(() => columnsOf({ courseId, scale, by }, items, shown), [courseId, scale, by, items, shown])
  return (
    <div class="stack">
      <div class="grade-tools">
        <div class="grade-search">
          <Field
            type="search"
            name="search"
            label={t('grades.search')}
            labelHidden
            placeholder={t('grades.search')}
            value={search}
            onValue={onSearch}
          />
        </div>
        {guests && (
          <div class="grade-who">
            <Field
              type="select"
              name="who"
              label={t('grades.who')}
              labelHidden
              value={who}
              onValue={setWho}
              options={[
                { value: 'learners', label: t('grades.whoLearners') },
                { value: 'everybody', label: t('grades.whoEverybody') },
              ]}
            />
          </div>
        )}
        {onWeights && (
          <Menu
            class="grade-weights"
            label={t('grades.columnsLabel')}
            items={[...items].reverse().map(item => ({
              label: `${item.title}: ${item.marked ? `${t(markedKind(item.marked.kind)?.from ?? 'grades.columnMarked')}.` : rulesWords({ ...item, points: score(item.points) })} ${t(item.held ? 'grades.columnHeld' : 'grades.columnShown')}`,
              icon: item.held ? EyeOff : Eye,
              onSelect: () => onWeights(item),
            }))}
          >
            <Icon as={Settings2} />
            {t(mayRelease ? 'grades.columns' : 'grades.columnsOnly')}
          </Menu>
        )}
      </div>
      <Table
        label={t('grades.title')}
        columns={columns}
        rows={shown}
        rowKey={row => row.accountId}
        sortBy={{ key: 'name' }}
        download={{ href: csvHref, label: t('grades.download') }}
        empty={
          search ? (
            <EmptyState title={t('grades.searchNone')}>{t('grades.searchNoneDetail')}</EmptyState>
          ) : (
            <EmptyState title={t('grades.noLearners')} />
          )
        }
      />
    </div>
  )
}

const byWords = {
  columns: 'grades.mean',
  points: 'grades.totalPoints',
  weights: 'grades.totalWeights',
} as const

/** Without a scale of its own a total is told in percent. */
const totalWords = (total: Total, scale: Scale): string =>
  gradeWords(scale.shows === 'points' ? { ...scale, shows: 'percent' } : scale, scoredTotal(total))

interface Shown {
  readonly courseId: string
  readonly scale: Scale
  readonly by: TotalBy
}

function columnsOf(
  { courseId, scale, by }: Shown,
  items: readonly GradeItem[],
  rows: readonly GradeRow[],
): Column<GradeRow>[] {
  return [
    {
      key: 'name',
      head: t('grades.learner'),
      value: row => row.name,
      sortable: true,
      rowHead: true,
      foot: t('grades.average'),
      cell: row =>
        row.kind === 'guest' ? (
          <span class="cluster grade-guest">
            {row.name} <Badge>{t('grades.guest')}</Badge>
          </span>
        ) : (
          row.name
        ),
    },
    // The newest stands first, where it is seen without a scroll.
    ...[...items].reverse().map((item): Column<GradeRow> => {
      const mean = meanOf(
        rows.map(row => {
          const cell = cellOf(row, item.id)
          return cell ? Number(cell.score) : null
        }),
      )
      return {
        key: item.id,
        head: item.title,
        headDetail: t(item.held ? 'grades.ofPointsHeld' : 'grades.ofPoints', { points: score(item.points) }),
        headTip: item.title,
        value: row => {
          const cell = cellOf(row, item.id)
          return cell ? Number(cell.score) : null
        },
        copied: row => {
          const [cell, why] = [cellOf(row, item.id), whyOf(row, item.id)]
          return cell ? Number(cell.score) : why && emptyWords(why)
        },
        numeric: true,
        sortable: true,
        foot: mean === null ? '' : score(String(mean)),
        cell: row => <Cell courseId={courseId} item={item} row={row} scale={scale} />,
      }
    }),
    {
      key: 'total',
      head: t('grades.total'),
      headDetail: t(byWords[by]),
      headTip: t('grading.totalStaff'),
      value: row => (row.total ? Number(row.total.percent) : null),
      copied: row => (row.total ? totalWords(row.total, scale) : null),
      numeric: true,
      sortable: true,
      foot: whole(meanOf(rows.map(row => (row.total ? Number(row.total.percent) : null)))),
      cell: row => <strong dir="auto">{row.total ? totalWords(row.total, scale) : '–'}</strong>,
    },
  ]
}

interface CellProps {
  readonly courseId: string
  readonly item: GradeItem
  readonly row: GradeRow
  readonly scale: Scale
}

function Cell({ courseId, item, row, scale }: CellProps) {
  const cell = cellOf(row, item.id)
  const href = pathTo('grade', { courseId, gradeItemId: item.id, accountId: row.accountId })
  if (!cell) {
    const why = whyOf(row, item.id)
    if (why === undefined) return <span class="muted">–</span>
    return (
      <a class="grade-cell grade-none" href={href} aria-label={`${row.name}, ${item.title}: ${emptyWords(why)}`}>
        {emptyWords(why)}
      </a>
    )
  }
  const figures = { name: row.name, title: item.title, score: score(cell.score), points: score(cell.points) }
  const words = gradeWords(scale, cell)
  const label =
    words === figures.score ? t('grades.cell', figures) : t('grades.cellShown', { ...figures, shown: words })
  const late = latenessWords(cell.late)
  const from = item.marked
    ? (late ?? t(markedKind(item.marked.kind)?.from ?? 'grades.columnMarked'))
    : cell.caughtUp
      ? t('grades.caughtUp')
      : cell.modes.map(mode => (mode === 'live' ? t('grades.live') : t('grades.homework'))).join(', ')
  return (
    <a class="grade-cell" href={href} aria-label={`${label} (${from})`} title={from}>
      {cell.modes.map(mode => (
        <span class="grade-mode" key={mode} data-mode={mode}>
          <Icon as={mode === 'live' ? Radio : NotebookPen} />
        </span>
      ))}
      {cell.late && (
        <span class="grade-mode">
          <Icon as={cell.late.is === 'missing' ? CircleOff : Clock} />
        </span>
      )}
      <Grade form="plain" scale={scale} score={cell.score} points={cell.points} />
    </a>
  )
}
