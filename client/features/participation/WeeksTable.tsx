// One number a row and week, with what it means, the window of weeks, and a way behind each number.
import { ChevronLeft, ChevronRight } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { type Column, Table } from '#client/ui/Table.tsx'
import { type Participation, windowWeeks } from '#protocol/participation.ts'
import {
  dayOf,
  figureOf,
  isCounted,
  type Measure,
  measureOf,
  measures,
  measureWords,
  sumOf,
  weeksAway,
  weeksInSight,
} from './measures.ts'
import './participation.css'

export interface WeekRow {
  readonly id: string
  readonly name: string
  readonly weeks: readonly Participation[]
}

export interface WeeksTableProps<R extends WeekRow> {
  /** What stands in the first column. */
  readonly head: string
  readonly weeks: readonly string[]
  readonly rows: readonly R[]
  readonly measure: Measure
  readonly onMeasure: (measure: Measure) => void
  /** The last week of another window. */
  readonly onUntil: (week: string) => void
  /** Whether there can be anything later. */
  readonly latest: boolean
  readonly nameCell: (row: R) => ComponentChildren
  /** Absent where a number is a sum over people. */
  readonly onOpen?: ((row: R, week: string) => void) | undefined
  readonly tools?: ComponentChildren
  readonly empty: ComponentChildren
}

interface Figure {
  readonly one: number
  readonly of: number | null
}

const words = ({ one, of }: Figure): string => (of === null ? String(one) : t('participation.of', { one, of }))

/** From the state alone. */
export function WeeksTable<R extends WeekRow>(props: WeeksTableProps<R>) {
  const { head, weeks, rows, measure, onOpen } = props
  const last = weeks.at(-1) ?? ''
  /** One column in a file for what was done, another for what there was to do; empty where there was nothing. */
  const copies = (of: string, figure: (row: R) => Figure | undefined): NonNullable<Column<R>['copies']> => {
    const counted = (row: R, part: 'one' | 'of') => {
      const found = figure(row)
      return found && isCounted(found) ? found[part] : null
    }
    const most = measureOf[measure]
    return [
      { head: `${of}: ${t(measureWords[measure].name)}`, value: row => counted(row, 'one') },
      ...(most ? [{ head: `${of}: ${t(most)}`, value: (row: R) => counted(row, 'of') }] : []),
    ]
  }
  const columns: readonly Column<R>[] = [
    { key: 'name', head, value: row => row.name, cell: props.nameCell, sortable: true, rowHead: true },
    ...weeksInSight(weeks, rows).map((at): Column<R> => {
      const week = weeks[at] ?? ''
      const figureIn = (row: R) => {
        const one = row.weeks[at]
        return one && figureOf(one, measure)
      }
      return {
        key: week,
        head: dayOf(week),
        value: row => figureIn(row)?.one ?? null,
        copies: copies(week, figureIn),
        numeric: true,
        cell: row => {
          const figure = figureIn(row)
          if (!figure || !isCounted(figure)) return <span class="muted">–</span>
          if (!onOpen) return words(figure)
          return (
            <button
              type="button"
              class="participation-count"
              aria-label={t('participation.cell', { words: words(figure), name: row.name, day: dayOf(week) })}
              onClick={() => onOpen(row, week)}
            >
              {words(figure)}
            </button>
          )
        },
      }
    }),
    {
      key: 'sum',
      head: t('participation.sum'),
      value: row => sumOf(row.weeks, measure).one,
      copies: copies(t('participation.sum'), row => sumOf(row.weeks, measure)),
      cell: row => <strong>{words(sumOf(row.weeks, measure))}</strong>,
      numeric: true,
      sortable: true,
    },
  ]
  return (
    <div class="stack">
      <div class="participation-tools">
        <Field
          type="select"
          name="measure"
          label={t('participation.measure')}
          value={measure}
          hint={t(measureWords[measure].means)}
          onValue={value => props.onMeasure(measures.find(one => one === value) ?? 'classes')}
          options={measures.map(one => ({ value: one, label: t(measureWords[one].name) }))}
        />
        <div class="cluster">
          <Button
            icon={ChevronLeft}
            disabled={props.latest}
            onClick={() => props.onUntil(weeksAway(last, windowWeeks))}
          >
            {t('participation.newer')}
          </Button>
          <Button icon={ChevronRight} onClick={() => props.onUntil(weeksAway(last, -windowWeeks))}>
            {t('participation.older')}
          </Button>
          {props.tools}
        </div>
      </div>
      <Table
        label={t('participation.title')}
        columns={columns}
        rows={rows}
        rowKey={row => row.id}
        sortBy={{ key: 'name' }}
        empty={props.empty}
      />
    </div>
  )
}
