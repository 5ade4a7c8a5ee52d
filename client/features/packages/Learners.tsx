// How learners got on with a package, for staff: by name, a page at a time. What a package tells shows as it comes.
import { Inbox } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { score } from '#client/features/grades/numbers.ts'
import { duration } from '#client/platform/dates.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useKept, useLoad } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Badge } from '#client/ui/Badge.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { LearnerCounts, LearnerFilter, LearnerRow } from '#protocol/packages/attempts.ts'
import { type CoursePackage, packageScope } from '#protocol/packages.ts'
import { learnersFile, listLearners, type OfPackage } from './store.ts'
import { statusTones, statusWords } from './words.ts'

const pageSize = 50

interface Page {
  readonly rows: readonly LearnerRow[]
  readonly counts: LearnerCounts
  readonly next: string | undefined
}

/** As many as are in sight, read in as few pages as the server lets. */
async function readRows(of: OfPackage, filter: LearnerFilter, search: string, most: number): Promise<Page> {
  const rows: LearnerRow[] = []
  let counts: LearnerCounts | null = null
  let next: string | undefined
  do {
    const limit = Math.min(200, most - rows.length)
    const page = await listLearners({
      ...{ ...of, filter, limit },
      ...(search ? { search } : {}),
      ...(next ? { after: next } : {}),
    })
    counts ??= page.counts
    rows.push(...page.items)
    next = page.next
  } while (next !== undefined && rows.length < most)
  return { rows, counts: counts ?? { none: 0, begun: 0, completed: 0, passed: 0, failed: 0 }, next }
}

export function Learners({ shown }: { readonly shown: CoursePackage }) {
  const of = { courseId: shown.courseId, packageId: shown.id }
  const [filter, setFilter] = useState<LearnerFilter>('all')
  const [search, setSearch] = useState('')
  const [asked, setAsked] = useState('')
  const [most, setMost] = useState(pageSize)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(search.trim()), 250)
    return () => clearTimeout(timer)
  }, [search])
  const loaded = useLoad(`${shown.id} ${filter} ${asked} ${most}`, () => readRows(of, filter, asked, most))
  const page = useKept(loaded)
  const told = useScope(packageScope, shown.id).head.value
  useEffect(() => {
    // A class that plays at once is read once.
    const timer = setTimeout(loaded.reload, 300)
    return () => clearTimeout(timer)
  }, [told, shown.points])
  if (!page)
    return (
      <Section title={t('packages.learners')}>
        {loaded.problem ? (
          <ErrorState
            title={t('packages.learnersFailed')}
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
    <Section
      title={t('packages.learners')}
      actions={
        <ButtonLink size="small" kind="quiet" href={learnersFile(of)} download="">
          {t('packages.download')}
        </ButtonLink>
      }
    >
      <div class="stack">
        <div class="package-tools">
          <Field
            type="select"
            name="filter"
            label={t('packages.filter')}
            labelHidden
            value={filter}
            onValue={value => {
              setFilter(value as LearnerFilter)
              setMost(pageSize)
            }}
            options={optionsOf(counts)}
          />
          <Field
            type="search"
            name="search"
            label={t('packages.search')}
            labelHidden
            placeholder={t('packages.search')}
            value={search}
            onValue={setSearch}
          />
        </div>
        {rows.length === 0 ? (
          <EmptyState icon={Inbox} title={t('packages.nobody')}>
            {filter === 'all' && asked === '' ? t('packages.nobodyLead') : t('packages.nobodyHere')}
          </EmptyState>
        ) : (
          <div class="card" data-flush>
            <List label={t('packages.learners')}>
              {rows.map(row => (
                <Line key={row.accountId} row={row} points={shown.points} />
              ))}
            </List>
          </div>
        )}
        {next !== undefined && (
          <div>
            <Button busy={loaded.loading} onClick={() => setMost(most + 200)}>
              {t('packages.more')}
            </Button>
          </div>
        )}
      </div>
    </Section>
  )
}

function optionsOf(counts: LearnerCounts) {
  const { none, begun, completed, passed, failed } = counts
  return [
    { value: 'all', label: t('packages.filterAll', { count: none + begun + completed + passed + failed }) },
    { value: 'none', label: t('packages.filterNone', { count: none }) },
    { value: 'begun', label: t('packages.filterBegun', { count: begun }) },
    { value: 'completed', label: t('packages.filterCompleted', { count: completed }) },
    { value: 'passed', label: t('packages.filterPassed', { count: passed }) },
    { value: 'failed', label: t('packages.filterFailed', { count: failed }) },
  ]
}

function Line({ row, points }: { readonly row: LearnerRow; readonly points: string }) {
  const { name, accountId, status, attempts, seconds, at } = row
  return (
    <Row
      start={<Avatar name={name} seed={accountId} size={32} />}
      title={name}
      detail={
        at !== null && (
          <>
            {t('packages.attemptsOf', { count: attempts })}
            {seconds > 0 && ` · ${duration(seconds)}`}
            {' · '}
            <Time at={at} form="dayAndTime" />
          </>
        )
      }
      end={
        <>
          {row.score !== null && (
            <span class="figures">{t('packages.score', { score: score(row.score), points: score(points) })}</span>
          )}
          <Badge tone={statusTones[status]}>{statusWords(status)}</Badge>
        </>
      }
    />
  )
}
