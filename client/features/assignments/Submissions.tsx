// Everybody's work at an assignment, for staff: how it stands, by name, a page at a time. What is handed in shows as it comes.
import { Inbox } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { score } from '#client/features/grades/numbers.ts'
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
import { Figures } from '#client/ui/Figures.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { SubmissionCounts, SubmissionFilter, SubmissionRow } from '#protocol/assignments/submissions.ts'
import { type Assignment, assignmentScope } from '#protocol/assignments.ts'
import { listSubmissions, type OfAssignment, submissionsFile } from './store.ts'
import { lateWords, statusTones, statusWords } from './words.ts'

const pageSize = 50

interface Page {
  readonly rows: readonly SubmissionRow[]
  readonly counts: SubmissionCounts
  readonly next: string | undefined
}

/** As many as are in sight, read in as few pages as the server lets. */
async function readRows(of: OfAssignment, filter: SubmissionFilter, search: string, most: number): Promise<Page> {
  const rows: SubmissionRow[] = []
  let counts: SubmissionCounts | null = null
  let next: string | undefined
  do {
    const limit = Math.min(200, most - rows.length)
    const page = await listSubmissions({
      ...{ ...of, filter, limit },
      ...(search ? { search } : {}),
      ...(next ? { after: next } : {}),
    })
    counts ??= page.counts
    rows.push(...page.items)
    next = page.next
  } while (next !== undefined && rows.length < most)
  return { rows, counts: counts ?? { none: 0, 'handed-in': 0, late: 0, marked: 0 }, next }
}

export function Submissions({ assignment }: { readonly assignment: Assignment }) {
  const of = { courseId: assignment.courseId, assignmentId: assignment.id }
  const [filter, setFilter] = useState<SubmissionFilter>('all')
  const [search, setSearch] = useState('')
  const [asked, setAsked] = useState('')
  const [most, setMost] = useState(pageSize)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(search.trim()), 250)
    return () => clearTimeout(timer)
  }, [search])
  const loaded = useLoad(`${assignment.id} ${filter} ${asked} ${most}`, () => readRows(of, filter, asked, most))
  const page = useKept(loaded)
  const told = useScope(assignmentScope, assignment.id).head.value
  useEffect(() => {
    // A class that hands in at once is read once.
    const timer = setTimeout(loaded.reload, 300)
    return () => clearTimeout(timer)
  }, [told])
  const show = (to: SubmissionFilter) => {
    setFilter(to)
    setMost(pageSize)
  }
  const pathOf = (accountId: string) => pathTo('submission', { ...of, accountId }, filter === 'all' ? {} : { filter })

  if (!page)
    return (
      <Section title={t('assignments.submissions')}>
        {loaded.problem ? (
          <ErrorState
            title={t('assignments.submissionsFailed')}
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
  const first = rows.find(one => one.status === 'handed-in' || one.status === 'late')
  return (
    <Section
      title={t('assignments.submissions')}
      actions={
        <ButtonLink size="small" kind="quiet" href={submissionsFile(of)} download="">
          {t('assignments.download')}
        </ButtonLink>
      }
    >
      <div class="stack">
        <Figures
          figures={[
            {
              label: t('assignments.toMark'),
              count: counts['handed-in'] + counts.late,
              onPress: () => show('to-mark'),
            },
            { label: t('assignments.statusNone'), count: counts.none, onPress: () => show('none') },
            { label: t('assignments.statusLate'), count: counts.late, onPress: () => show('late') },
            { label: t('assignments.statusMarked'), count: counts.marked, onPress: () => show('marked') },
          ]}
        />
        <div class="submission-tools">
          <Field
            type="select"
            name="filter"
            label={t('assignments.filter')}
            labelHidden
            value={filter}
            onValue={value => show(value as SubmissionFilter)}
            options={optionsOf(counts)}
          />
          <Field
            type="search"
            name="search"
            label={t('assignments.search')}
            labelHidden
            placeholder={t('assignments.search')}
            value={search}
            onValue={setSearch}
          />
          {first && (
            <ButtonLink
              kind="primary"
              href={pathTo('submission', { ...of, accountId: first.accountId }, { filter: 'to-mark' })}
            >
              {t('assignments.startMarking')}
            </ButtonLink>
          )}
        </div>
        {rows.length === 0 ? (
          <EmptyState icon={Inbox} title={t('assignments.nobody')}>
            {filter === 'all' && asked === '' ? t('assignments.nobodyLead') : t('assignments.nobodyHere')}
          </EmptyState>
        ) : (
          <div class="card" data-flush>
            <List label={t('assignments.submissions')}>
              {rows.map(row => (
                <Line key={row.accountId} row={row} points={assignment.points} href={pathOf(row.accountId)} />
              ))}
            </List>
          </div>
        )}
        {next !== undefined && (
          <div>
            <Button busy={loaded.loading} onClick={() => setMost(most + 200)}>
              {t('assignments.more')}
            </Button>
          </div>
        )}
      </div>
    </Section>
  )
}

function optionsOf(counts: SubmissionCounts) {
  const { none, late, marked } = counts
  const inTime = counts['handed-in']
  return [
    { value: 'all', label: t('assignments.filterAll', { count: none + inTime + late + marked }) },
    { value: 'to-mark', label: t('assignments.filterToMark', { count: inTime + late }) },
    { value: 'none', label: t('assignments.filterNone', { count: none }) },
    { value: 'handed-in', label: t('assignments.filterHandedIn', { count: inTime }) },
    { value: 'late', label: t('assignments.filterLate', { count: late }) },
    { value: 'marked', label: t('assignments.filterMarked', { count: marked }) },
  ]
}

interface LineProps {
  readonly row: SubmissionRow
  readonly points: string
  readonly href: string
}

function Line({ row, points, href }: LineProps) {
  const { name, accountId, status, at, lateSeconds } = row
  return (
    <Row
      start={<Avatar name={name} seed={accountId} size={32} />}
      title={name}
      href={href}
      detail={
        at !== null && (
          <>
            <Time at={at} form="dayAndTime" />
            {lateSeconds !== null && ` · ${t('assignments.lateBy', { late: lateWords(lateSeconds) })}`}
          </>
        )
      }
      end={
        <>
          {row.grade !== null && (
            <span class="figures">
              {t('assignments.score', { score: score(row.grade), points: score(points) })}
              {row.score !== null && Number(row.score) !== Number(row.grade) && (
                <span class="muted"> ({t('grading.ofMark', { score: score(row.score) })})</span>
              )}
            </span>
          )}
          {row.missing ? (
            <Badge tone="bad">{t('grading.missing')}</Badge>
          ) : (
            <Badge tone={statusTones[status]}>{statusWords(status)}</Badge>
          )}
        </>
      }
    />
  )
}
