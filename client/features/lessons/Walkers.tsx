// Who is where in a lesson, for staff: by name, a page at a time, as learners go on; and the way that one took.
import { Inbox } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useKept, useLoad } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { WalkCounts, Walker, WalkerFilter } from '#protocol/lessons/walks.ts'
import { lessonStaffScope } from '#protocol/lessons.ts'
import { PathDialog } from './PathDialog.tsx'
import { listWalkers, type OfLesson } from './store.ts'
import { stateTones, stateWords } from './words.ts'

const pageSize = 50

interface Page {
  readonly rows: readonly Walker[]
  readonly counts: WalkCounts
  readonly next: string | undefined
}

/** As many as are in sight, read in as few pages as the server lets. */
async function readRows(of: OfLesson, filter: WalkerFilter, search: string, most: number): Promise<Page> {
  const rows: Walker[] = []
  let counts: WalkCounts | null = null
  let next: string | undefined
  do {
    const limit = Math.min(200, most - rows.length)
    const page = await listWalkers(of, {
      filter,
      limit,
      ...(search ? { search } : {}),
      ...(next ? { after: next } : {}),
    })
    counts ??= page.counts
    rows.push(...page.items)
    next = page.next
  } while (next !== undefined && rows.length < most)
  return { rows, counts: counts ?? { none: 0, on: 0, finished: 0 }, next }
}

interface WalkersProps {
  readonly of: OfLesson
  /** Another one where the lesson or its pages changed. */
  readonly turn: string
}

export function Walkers({ of, turn }: WalkersProps) {
  const [filter, setFilter] = useState<WalkerFilter>('all')
  const [search, setSearch] = useState('')
  const [asked, setAsked] = useState('')
  const [most, setMost] = useState(pageSize)
  const [whose, setWhose] = useState<Walker>()
  useEffect(() => {
    const timer = setTimeout(() => setAsked(search.trim()), 250)
    return () => clearTimeout(timer)
  }, [search])
  const loaded = useLoad(`${of.lessonId} ${filter} ${asked} ${most}`, () => readRows(of, filter, asked, most))
  const page = useKept(loaded)
  const told = useScope(lessonStaffScope, of.lessonId).head.value
  useEffect(() => {
    // A class that goes through it at once is read once.
    const timer = setTimeout(loaded.reload, 300)
    return () => clearTimeout(timer)
  }, [told, turn])
  if (!page)
    return (
      <Section title={t('lessons.learners')}>
        {loaded.problem ? (
          <ErrorState
            title={t('lessons.learnersFailed')}
            detail={problemWords(loaded.problem)}
            requestId={loaded.problem.requestId}
            onRetry={loaded.reload}
          />
        ) : (
          <Skeleton form="rows" />
        )}
      </Section>
    )
  const { rows, counts, next } = page
  return (
    <Section title={t('lessons.learners')}>
      <div class="stack">
        <div class="lesson-tools">
          <Field
            type="select"
            name="filter"
            label={t('lessons.filter')}
            labelHidden
            value={filter}
            onValue={value => {
              setFilter(value as WalkerFilter)
              setMost(pageSize)
            }}
            options={optionsOf(counts)}
          />
          <Field
            type="search"
            name="search"
            label={t('lessons.search')}
            labelHidden
            placeholder={t('lessons.search')}
            value={search}
            onValue={setSearch}
          />
        </div>
        {rows.length === 0 ? (
          <EmptyState icon={Inbox} title={t('lessons.nobody')}>
            {filter === 'all' && asked === '' ? t('lessons.nobodyLead') : t('lessons.nobodyHere')}
          </EmptyState>
        ) : (
          <div class="card" data-flush>
            <List label={t('lessons.learners')}>
              {rows.map(row => (
                <Line key={row.accountId} row={row} onOpen={() => setWhose(row)} />
              ))}
            </List>
          </div>
        )}
        {next !== undefined && (
          <div>
            <Button busy={loaded.loading} onClick={() => setMost(most + 200)}>
              {t('lessons.more')}
            </Button>
          </div>
        )}
      </div>
      {whose && <PathDialog of={of} walker={whose} told={`${told}`} onClose={() => setWhose(undefined)} />}
    </Section>
  )
}

const optionsOf = ({ none, on, finished }: WalkCounts) => [
  { value: 'all', label: t('lessons.filterAll', { count: none + on + finished }) },
  { value: 'none', label: t('lessons.filterNone', { count: none }) },
  { value: 'on', label: t('lessons.filterOn', { count: on }) },
  { value: 'finished', label: t('lessons.filterFinished', { count: finished }) },
]

function Line({ row, onOpen }: { readonly row: Walker; readonly onOpen: () => void }) {
  const { name, accountId, state, page, at, times } = row
  return (
    <Row
      start={<Avatar name={name} seed={accountId} size={32} />}
      title={name}
      onPress={state === 'none' ? undefined : onOpen}
      detail={
        at !== null && (
          <>
            {page !== null && `${t('lessons.onPage', { page })} · `}
            <Time at={at} form="dayAndTime" />
            {times > 1 && ` · ${t('lessons.begun', { count: times })}`}
          </>
        )
      }
      end={<Badge tone={stateTones[state]}>{stateWords(state)}</Badge>}
    />
  )
}
