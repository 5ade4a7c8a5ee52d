// One learner's work, for those who mark: read where it stands, marked beside it, one after the other.
import { ChevronLeft, ChevronRight } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { Grade } from '#client/features/grades/Grade.tsx'
import { LateLines } from '#client/features/grades/LateLines.tsx'
import { score } from '#client/features/grades/numbers.ts'
import { dayAndTime } from '#client/platform/dates.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Banner } from '#client/ui/Banner.tsx'
import { ButtonLink } from '#client/ui/Button.tsx'
import { Card, Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { submissionFilter } from '#protocol/assignments/submissions.ts'
import { assignmentScope } from '#protocol/assignments.ts'
import { usualScale } from '#protocol/grades/scale.ts'
import { HandInView } from './HandInView.tsx'
import { MarkForm } from './MarkForm.tsx'
import { getAssignment, getSubmission, type Read, type Shown } from './store.ts'
import { lateWords, statusTones, statusWords } from './words.ts'
import './assignments.css'

/** /courses/:courseId/assignments/:assignmentId/submissions/:accountId; `?filter` says among whom to go on. */
export function SubmissionPage({ params, query }: PageProps<'submission'>) {
  const { courseId, assignmentId, accountId } = params
  const of = { courseId, assignmentId }
  const filter = submissionFilter.safeParse(query.filter).data ?? 'all'
  const asked = useLoad(assignmentId, () => getAssignment(of))
  const { value, problem, reload } = useLoad(`${assignmentId} ${accountId} ${filter}`, () =>
    getSubmission({ ...params, filter }),
  )
  const told = useScope(assignmentScope, assignmentId).head.value
  useEffect(() => {
    const timer = setTimeout(() => {
      reload()
      asked.reload()
    }, 300)
    return () => clearTimeout(timer)
  }, [told])
  usePageTitle(value?.name ?? t('assignments.submissions'))

  const home = {
    label: asked.value?.assignment.title ?? t('assignments.assignment'),
    href: pathTo('assignment', of),
  }
  const failed = problem ?? asked.problem
  if (failed && (failed.code === 'not-found' || failed.code === 'not-allowed') && !(value && asked.value))
    return (
      <div class="stack">
        <PageHeader title={t('assignments.submissionGone')} lead={t('assignments.submissionGoneLead')} />
        <div>
          <ButtonLink href={home.href}>{home.label}</ButtonLink>
        </div>
      </div>
    )
  if (failed && !(value && asked.value))
    return (
      <ErrorState
        page
        title={t('assignments.submissionsFailed')}
        detail={problemWords(failed)}
        requestId={failed.requestId}
        onRetry={() => {
          reload()
          asked.reload()
        }}
      />
    )
  if (!value || !asked.value) return <Skeleton form="page" />
  return <Marking key={accountId} shown={asked.value} read={value} home={home} filter={filter} onChanged={reload} />
}

interface MarkingProps {
  readonly shown: Shown
  readonly read: Read
  readonly home: { readonly label: string; readonly href: string }
  readonly filter: string
  readonly onChanged: () => void
}

function Marking({ shown: { assignment, policy, mayMark }, read, home, filter, onChanged }: MarkingProps) {
  const { route: go } = useLocation()
  const [chosen, setChosen] = useState<number>()
  const of = { courseId: assignment.courseId, assignmentId: assignment.id }
  const pathOf = (accountId: string) => pathTo('submission', { ...of, accountId }, filter === 'all' ? {} : { filter })
  const handIn = read.handIns.find(one => one.number === chosen) ?? read.handIns[0]
  const { previous, next, mark } = read
  return (
    <div class="stack-loose">
      <PageHeader
        title={read.name}
        parent={home}
        badges={<Badge tone={statusTones[read.status]}>{statusWords(read.status)}</Badge>}
        actions={
          <>
            {previous && (
              <ButtonLink icon={ChevronLeft} href={pathOf(previous)}>
                {t('assignments.previous')}
              </ButtonLink>
            )}
            {next && (
              <ButtonLink icon={ChevronRight} href={pathOf(next)}>
                {t('assignments.next')}
              </ButtonLink>
            )}
          </>
        }
      />
      <div class="marking">
        <div class="stack">
          {!handIn ? (
            <EmptyState title={t('assignments.notHandedIn')}>{mayMark && t('assignments.notHandedInLead')}</EmptyState>
          ) : (
            <>
              {read.handIns.length > 1 && (
                <Field
                  type="select"
                  name="handIn"
                  label={t('assignments.showHandIn')}
                  value={String(handIn.number)}
                  onValue={value => setChosen(Number(value))}
                  options={read.handIns.map((one, at) => ({
                    value: String(one.number),
                    label: `${t(at === 0 ? 'assignments.newest' : 'assignments.handInNumber', { number: one.number })} · ${dayAndTime(one.at)}`,
                  }))}
                />
              )}
              <p class="muted figures">
                {t('assignments.handedIn', { when: dayAndTime(handIn.at) })}
                {' · '}
                {handIn.lateSeconds === null
                  ? t('assignments.inTime')
                  : t('assignments.lateBy', { late: lateWords(handIn.lateSeconds) })}
              </p>
              <Card>
                <HandInView key={handIn.number} handIn={handIn} open />
              </Card>
            </>
          )}
        </div>
        <Section title={t('assignments.mark')}>
          {read.missing && (
            <Banner>
              {t('grading.missingOf')}{' '}
              <strong class="figures">
                {t('grades.scoreOf', { score: score(read.grade ?? '0'), points: score(assignment.points) })}
              </strong>
            </Banner>
          )}
          {mark && (
            <p class="muted">
              {mark.by === null
                ? t('assignments.markedAt', { when: dayAndTime(mark.at) })
                : t('assignments.markedBy', { name: mark.by, when: dayAndTime(mark.at) })}
            </p>
          )}
          {mayMark ? (
            <MarkForm
              of={of}
              read={read}
              points={assignment.points}
              policy={policy}
              onSaved={onChanged}
              onNext={next ? () => go(pathOf(next)) : undefined}
            />
          ) : (
            mark && (
              <Card>
                <Grade form="large" scale={usualScale} score={mark.grade} points={assignment.points} />
                {mark.late?.is === 'late' && (
                  <LateLines late={mark.late} grade={mark.grade} points={assignment.points} />
                )}
                <p class="work-text" dir="auto">
                  {mark.comment}
                </p>
              </Card>
            )
          )}
        </Section>
      </div>
    </div>
  )
}
