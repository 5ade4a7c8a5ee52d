// The attendance list of one class for staff: everybody with what was seen of them, and what was corrected, live.
import { CalendarCheck, Download, FileText, Users } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { me } from '#client/features/accounts/store.ts'
import { useStanding } from '#client/features/courses/standing.ts'
import { requestOf } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Banner } from '#client/ui/Banner.tsx'
import { ButtonLink } from '#client/ui/Button.tsx'
import { Card } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Figures } from '#client/ui/Figures.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import {
  type AttendanceRow,
  type AttendanceStatus,
  attendanceRoutes,
  attendanceScope,
  attendanceStatuses,
} from '#protocol/attendance.ts'
import type { RunId } from '#protocol/live.ts'
import { CorrectDialog } from './CorrectDialog.tsx'
import { type ClassAttendance, wholeList } from './store.ts'
import { evidenceWords, rulesWords, standingLook, statusLook } from './words.ts'
import './attendance.css'

/** /class/:runId/attendance */
export function AttendancePage({ params, query }: PageProps<'classAttendance'>) {
  const runId = params.runId as RunId
  const { value, problem, reload } = useLoad(runId, () => wholeList(runId))
  usePageTitle(value ? t('attendance.ofClass', { title: value.run.title }) : t('attendance.title'))
  if (value) return <ClassList attendance={value} at={query.who} onChanged={reload} />
  return problem ? (
    <ErrorState
      page
      title={t('attendance.failed')}
      detail={problemWords(problem)}
      requestId={problem.requestId}
      onRetry={reload}
    />
  ) : (
    <Skeleton form="page" />
  )
}

type Filter = AttendanceStatus | 'all' | 'corrected'
/** Who takes a seat is announced to nobody: while a class runs the list is read again this often. */
const whileLiveMs = 5_000

interface ClassListProps {
  readonly attendance: ClassAttendance
  /** Whose line was asked for: it is in sight and open. */
  readonly at: string | undefined
  readonly onChanged: () => void
}

function ClassList({ attendance: { run, rows }, at, onChanged }: ClassListProps) {
  const { courseId } = run
  const { may } = useStanding(courseId)
  const scope = useScope(attendanceScope, courseId)
  const changes = scope.state.value?.changes
  useEffect(() => {
    if (changes !== undefined) onChanged()
  }, [changes, onChanged])
  const running = run.endedAt === null
  useEffect(() => {
    const timer = running ? setInterval(onChanged, whileLiveMs) : undefined
    return () => clearInterval(timer)
  }, [running, onChanged])
  const [search, setSearch] = useState('')
  const [filter, setFilter] = useState<Filter>('all')
  const [openId, setOpen] = useState<string | undefined>(at)
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => list.current?.querySelector('[data-current]')?.scrollIntoView({ block: 'center' }), [at])
  const opened = rows.find(one => one.accountId === openId)

  const fits = (row: AttendanceRow) =>
    (filter === 'all' || (filter === 'corrected' ? row.mark !== null : row.status === filter)) &&
    row.name.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase())
  const shown = rows.filter(fits)
  const countOf = (status: AttendanceStatus) => rows.filter(row => row.status === status).length
  const counted = (label: string, count: number) => t('attendance.filterCount', { status: label, count })
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('attendance.ofClass', { title: run.title })}
        parent={{ label: t('attendance.all'), href: pathTo('attendance', { courseId }) }}
        lead={
          <>
            {run.courseTitle} · <Time at={run.startedAt} form="dayAndTime" />
            {run.endedAt && (
              <>
                {' '}
                {t('live.reportTo')} <Time at={run.endedAt} form="clock" />
              </>
            )}
          </>
        }
        actions={
          <>
            {may('live.host') && (
              <ButtonLink icon={FileText} href={pathTo('classReport', { runId: run.id })}>
                {t('attendance.toReport')}
              </ButtonLink>
            )}
            <ButtonLink icon={Download} href={requestOf(attendanceRoutes.csv, { runId: run.id }).url} download="">
              {t('attendance.download')}
            </ButtonLink>
          </>
        }
      />
      {running && <Banner tone="accent">{t('attendance.running')}</Banner>}
      {rows.length === 0 ? (
        <EmptyState icon={Users} title={t('attendance.empty')}>
          {t('attendance.emptyDetail')}
        </EmptyState>
      ) : (
        <div class="stack">
          <Figures
            figures={attendanceStatuses
              .filter(status => status === 'present' || status === 'absent' || countOf(status) > 0)
              .map(status => ({
                label: statusLook(status).word,
                count: countOf(status),
                onPress: () => setFilter(now => (now === status ? 'all' : status)),
              }))}
          />
          <div class="attendance-tools">
            <Field
              type="search"
              name="search"
              label={t('attendance.search')}
              labelHidden
              placeholder={t('attendance.search')}
              value={search}
              onValue={setSearch}
            />
            <Field
              type="select"
              name="filter"
              label={t('attendance.filter')}
              labelHidden
              value={filter}
              onValue={value => setFilter(value as Filter)}
              options={[
                { value: 'all', label: counted(t('attendance.filterAll'), rows.length) },
                ...attendanceStatuses.map(value => ({
                  value,
                  label: counted(statusLook(value).word, countOf(value)),
                })),
                {
                  value: 'corrected',
                  label: counted(t('attendance.filterCorrected'), rows.filter(row => row.mark !== null).length),
                },
              ]}
            />
          </div>
          {shown.length === 0 ? (
            <EmptyState icon={CalendarCheck} title={t('attendance.searchNone')}>
              {t('attendance.searchNoneDetail')}
            </EmptyState>
          ) : (
            <div ref={list}>
              <Card flush>
                <List label={t('attendance.people', { count: shown.length })}>
                  {shown.map(row => (
                    <Person
                      key={row.accountId}
                      run={run}
                      row={row}
                      current={row.accountId === at}
                      onOpen={() => setOpen(row.accountId)}
                    />
                  ))}
                </List>
              </Card>
            </div>
          )}
          <p class="muted attendance-rules">{rulesWords()}</p>
        </div>
      )}
      {opened && (
        <CorrectDialog
          key={opened.accountId}
          run={run}
          row={opened}
          mayCorrect={may('attendance.change') && opened.accountId !== me.value?.id}
          onClose={() => setOpen(undefined)}
          onChanged={onChanged}
        />
      )}
    </div>
  )
}

type PersonProps = {
  readonly run: ClassAttendance['run']
  readonly row: AttendanceRow
  readonly current: boolean
  readonly onOpen: () => void
}

function Person({ run, row, current, onOpen }: PersonProps) {
  const { word, icon, tone } = standingLook(run, row)
  return (
    <Row
      title={
        <>
          {row.name}
          {row.role === 'guest' && <span class="muted"> · {t('attendance.guest')}</span>}
        </>
      }
      detail={
        <>
          <span class="figures">{evidenceWords(row.evidence)}</span>
          {row.mark && (
            <span class="attendance-mark">
              {row.mark.by === null ? t('attendance.corrected') : t('attendance.correctedBy', { name: row.mark.by })}
              {row.mark.note && <> · {row.mark.note}</>}
            </span>
          )}
        </>
      }
      end={
        <Badge tone={tone} icon={icon}>
          {word}
        </Badge>
      }
      current={current}
      onPress={onOpen}
    />
  )
}
