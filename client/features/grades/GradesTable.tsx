// The instructor's table: learners by items, each figure a way to its reasons. It is given whole; it fetches nothing.
import { Download, Settings2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { ButtonLink } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { type Column, Table } from '#client/ui/Table.tsx'
import type { GradeCell, GradeItem } from '#protocol/grades.ts'
import { score } from './numbers.ts'
import './Grades.css'

export type GradeRow = {
  readonly accountId: string
  readonly name: string
  readonly kind: 'member' | 'guest'
  readonly cells: readonly GradeCell[]
}

export type GradesTableProps = {
  readonly courseId: string
  readonly items: readonly GradeItem[]
  readonly rows: readonly GradeRow[]
  readonly search: string
  readonly onSearch: (search: string) => void
  readonly csvHref: string
  readonly onWeights: (item: GradeItem) => void
}

const cellOf = (row: GradeRow, id: string) => row.cells.find(one => one.gradeItemId === id)

/** Search, the table, the file. */
export function GradesTable({ courseId, items, rows, search, onSearch, csvHref, onWeights }: GradesTableProps) {
  const [who, setWho] = useState('learners')
  const guests = rows.some(row => row.kind === 'guest')
  const shown = who === 'everybody' ? rows : rows.filter(row => row.kind === 'member')
  const columns: readonly Column<GradeRow>[] = [
    {
      key: 'name',
      head: t('grades.learner'),
      value: row => row.name,
      sortable: true,
      rowHead: true,
      cell: row =>
        row.kind === 'guest' ? (
          <span class="cluster grade-guest">
            {row.name} <Badge>{t('grades.guest')}</Badge>
          </span>
        ) : (
          row.name
        ),
    },
    ...items.map(
      (item): Column<GradeRow> => ({
        key: item.id,
        head: item.title,
        value: row => {
          const cell = cellOf(row, item.id)
          return cell ? Number(cell.score) : null
        },
        numeric: true,
        sortable: true,
        cell: row => {
          const cell = cellOf(row, item.id)
          if (!cell) return <span class="muted">–</span>
          return (
            <a
              class="grade-cell"
              href={pathTo('grade', { courseId, gradeItemId: item.id, accountId: row.accountId })}
              aria-label={t('grades.cell', {
                name: row.name,
                title: item.title,
                score: score(cell.score),
                points: score(cell.points),
              })}
            >
              {score(cell.score)}
            </a>
          )
        },
      }),
    ),
  ]
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
        )}
        <Menu
          class="grade-weights"
          label={t('grades.weights')}
          items={items.map(item => ({
            label: t('grades.columnWeights', {
              title: item.title,
              participation: item.participation,
              correctness: item.correctness,
            }),
            onSelect: () => onWeights(item),
          }))}
        >
          <Icon as={Settings2} />
          {t('grades.columns')}
        </Menu>
        <ButtonLink href={csvHref} download="" icon={Download}>
          {t('grades.download')}
        </ButtonLink>
      </div>
      <Table
        label={t('grades.title')}
        columns={columns}
        rows={shown}
        rowKey={row => row.accountId}
        sortBy={{ key: 'name' }}
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
