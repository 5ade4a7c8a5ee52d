// The instructor's table: learners by items, each figure a way to its reasons. It is given whole; it fetches nothing.
import { Eye, EyeOff, NotebookPen, Radio, Settings2 } from 'lucide-preact'
import { useMemo, useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { type Column, Table } from '#client/ui/Table.tsx'
import type { EmptyCell, GradeCell, GradeItem } from '#protocol/grades.ts'
import { emptyWords } from './empty.ts'
import { meanOf, percentOf } from './means.ts'
import { score } from './numbers.ts'
import { rulesWords } from './RulesFields.tsx'
import './Grades.css'

export type GradeRow = {
  readonly accountId: string
  readonly name: string
  readonly kind: 'member' | 'guest'
  readonly cells: readonly GradeCell[]
  readonly empty: readonly EmptyCell[]
}

export type GradesTableProps = {
  readonly courseId: string
  readonly items: readonly GradeItem[]
  readonly rows: readonly GradeRow[]
  readonly search: string
  readonly onSearch: (search: string) => void
  readonly csvHref: string
  /** Absent for whoever may change no column. */
  readonly onWeights: ((item: GradeItem) => void) | undefined
}

const cellOf = (row: GradeRow, id: string) => row.cells.find(one => one.gradeItemId === id)
const whyOf = (row: GradeRow, id: string) => {
  const why = row.empty.find(one => one.gradeItemId === id)?.why
  return why === 'not-given' ? undefined : why
}
const whole = (percent: number | null) => (percent === null ? '' : String(Math.round(percent)))

/** Search, the table, the file. */
export function GradesTable({ courseId, items, rows, search, onSearch, csvHref, onWeights }: GradesTableProps) {
  const [who, setWho] = useState('learners')
  const guests = rows.some(row => row.kind === 'guest')
  const shown = who === 'everybody' ? rows : rows.filter(row => row.kind === 'member')
  const columns = useMemo(() => columnsOf(courseId, items, shown), [courseId, items, shown])
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
              label: `${item.title}: ${item.marked ? `${t('grades.columnMarked')}.` : rulesWords({ ...item, points: score(item.points) })} ${t(item.held ? 'grades.columnHeld' : 'grades.columnShown')}`,
              icon: item.held ? EyeOff : Eye,
              onSelect: () => onWeights(item),
            }))}
          >
            <Icon as={Settings2} />
            {t('grades.columns')}
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

function columnsOf(courseId: string, items: readonly GradeItem[], rows: readonly GradeRow[]): Column<GradeRow>[] {
  const totalOf = (row: GradeRow) => meanOf(row.cells.map(percentOf))
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
    {
      key: 'total',
      head: t('grades.total'),
      headDetail: t('grades.mean'),
      headTip: t('grades.meanHint'),
      value: row => {
        const total = totalOf(row)
        return total === null ? null : Math.round(total)
      },
      numeric: true,
      sortable: true,
      foot: whole(meanOf(rows.map(totalOf))),
      cell: row => <strong>{whole(totalOf(row)) || '–'}</strong>,
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
        cell: row => <Cell courseId={courseId} item={item} row={row} />,
      }
    }),
  ]
}

function Cell({
  courseId,
  item,
  row,
}: {
  readonly courseId: string
  readonly item: GradeItem
  readonly row: GradeRow
}) {
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
  const label = t('grades.cell', {
    name: row.name,
    title: item.title,
    score: score(cell.score),
    points: score(cell.points),
  })
  const from = item.marked
    ? t('grades.columnMarked')
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
      <span>{score(cell.score)}</span>
    </a>
  )
}
