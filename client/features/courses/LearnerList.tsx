// How the learners of a course got on with one thing in it, for staff: found by how it stands and by name, a page at a time,
// and read again as they go on.
import { Inbox } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useReload } from '#client/platform/use-load.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { useSettled } from '#client/platform/use-settled.ts'
import { Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { List } from '#client/ui/List.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import './LearnerList.css'

const pageSize = 50
const longestPage = 200

/** What the server is asked for. */
export interface LearnersAsked<Filter extends string> {
  readonly filter: Filter | 'all'
  readonly limit: number
  readonly search?: string
  readonly after?: string
}

interface LearnersRead<Row, Counts> {
  readonly items: readonly Row[]
  /** How many learners stand how, whatever is shown; told with the first page. */
  readonly counts: Counts | null
  readonly next?: string | undefined
}

interface LearnerListProps<Row, Counts, Filter extends string> {
  readonly title: string
  readonly loadFailed: string
  /** Another one for another thing. */
  readonly of: string
  readonly load: (asked: LearnersAsked<Filter>) => Promise<LearnersRead<Row, Counts>>
  /** Another one when there may be something else to read. */
  readonly turn: string
  /** What can be shown beside all, each with its count. */
  readonly filters: (counts: Counts) => readonly { readonly value: Filter | 'all'; readonly label: string }[]
  readonly line: (row: Row, filter: Filter | 'all') => ComponentChildren
  readonly actions?: ComponentChildren
  /** Above the search: figures that choose what is shown. */
  readonly above?: (counts: Counts, show: (filter: Filter) => void) => ComponentChildren
  /** Beside the search. */
  readonly beside?: (rows: readonly Row[]) => ComponentChildren
}

/** A line a learner. */
export function LearnerList<Row, Counts, Filter extends string>({
  title,
  loadFailed,
  of,
  load,
  turn,
  filters,
  line,
  actions,
  above,
  beside,
}: LearnerListProps<Row, Counts, Filter>) {
  const [filter, setFilter] = useState<Filter | 'all'>('all')
  const [search, setSearch] = useState('')
  const asked = useSettled(search.trim())
  const list = usePages(`${of} ${filter} ${asked}`, (after, wanted) =>
    load({
      filter,
      // A first glance is short; whoever reads on, or again, does so in as few pages as the server lets.
      limit: after === undefined ? Math.min(longestPage, Math.max(pageSize, wanted)) : longestPage,
      ...(asked === '' ? {} : { search: asked }),
      ...(after === undefined ? {} : { after }),
    }),
  )
  // A class that does it at once is read once.
  useReload(list, useSettled(turn))
  const { rows, problem } = list
  const counts = list.first?.counts
  if (!counts || !rows)
    return (
      <Section title={title}>
        {problem ? (
          <ErrorState
            title={loadFailed}
            detail={problemWords(problem)}
            requestId={problem.requestId}
            onRetry={list.reload}
          />
        ) : (
          <Skeleton form="rows" />
        )}
      </Section>
    )
  return (
    <Section title={title} actions={actions}>
      <div class="stack">
        {above?.(counts, setFilter)}
        <div class="learner-tools">
          <Field
            type="select"
            name="filter"
            label={t('courses.learnersShow')}
            labelHidden
            value={filter}
            onValue={value => setFilter(value as Filter | 'all')}
            options={filters(counts)}
          />
          <Field
            type="search"
            name="search"
            label={t('courses.learnersFind')}
            labelHidden
            placeholder={t('courses.learnersFind')}
            value={search}
            onValue={setSearch}
          />
          {beside?.(rows)}
        </div>
        {rows.length === 0 ? (
          <EmptyState icon={Inbox} title={t('courses.learnersNobody')}>
            {filter === 'all' && asked === '' ? t('courses.learnersNobodyLead') : t('courses.learnersNobodyHere')}
          </EmptyState>
        ) : (
          <div class="card" data-flush>
            <List label={title}>{rows.map(row => line(row, filter))}</List>
          </div>
        )}
        <ShowMore onMore={list.more} busy={list.busy} problem={problem && problemWords(problem)} />
      </div>
    </Section>
  )
}
