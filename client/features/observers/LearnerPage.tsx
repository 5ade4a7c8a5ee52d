// How one learner gets on, for whoever observes them: their courses, and what is due next. Follows what changes; shows what
// the learner reads themselves, and nothing to press that would act for them.
import { BookOpen } from 'lucide-preact'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { itemKind } from '#client/features/courses/registry.ts'
import { barWords } from '#client/features/progress/CourseBar.tsx'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Card, Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Progress } from '#client/ui/Progress.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { Output } from '#protocol/base/call.ts'
import type { observerRoutes } from '#protocol/observers.ts'
import { Span } from './Span.tsx'
import { readLearner, useObservedTurn } from './store.ts'
import './observers.css'

type Told = Output<typeof observerRoutes.learner>

/** /observed/:accountId */
export function LearnerPage({ params: { accountId } }: PageProps<'observedLearner'>) {
  const { value, problem, reload } = useLoad(accountId, () => readLearner(accountId))
  useObservedTurn(reload)
  // What ended is no longer shown, whatever was read before.
  const gone = problem && (problem.code === 'observing-over' || problem.code === 'not-found')
  const told = gone ? undefined : value
  return (
    <div class="stack-loose">
      <PageHeader
        title={told?.learner.name ?? t('observers.learnerTitle')}
        parent={{ label: t('observers.title'), href: pathTo('observed') }}
        {...(told && { lead: <Span one={told.learner} /> })}
      />
      {told ? (
        <Told told={told} />
      ) : problem ? (
        <ErrorState
          title={t('observers.learnerFailed')}
          detail={problemWords(problem)}
          requestId={problem.requestId}
          onRetry={gone ? undefined : reload}
        />
      ) : (
        <Skeleton form="page" />
      )}
    </div>
  )
}

function Told({ told: { learner, courses, due } }: { readonly told: Told }) {
  const { accountId } = learner
  if (courses.length === 0)
    return (
      <EmptyState icon={BookOpen} title={t('observers.noCourses')}>
        {t('observers.noCoursesLead', { name: learner.name })}
      </EmptyState>
    )
  return (
    <>
      <Section title={t('observers.due')}>
        {due.length === 0 ? (
          <p class="muted">{t('observers.nothingDue')}</p>
        ) : (
          <Card flush>
            <List label={t('observers.due')}>
              {due.map(one => {
                const kind = itemKind(one.kind)
                const late = Date.parse(one.dueAt) <= Date.now()
                return (
                  <Row
                    key={`${one.courseId} ${one.title} ${one.dueAt}`}
                    start={kind && <Icon as={kind.icon} size={20} />}
                    title={one.title}
                    detail={
                      <>
                        {one.courseTitle} · <Time at={one.dueAt} form="dayAndTime" />
                      </>
                    }
                    end={late && <Badge tone="warn">{t('progress.late')}</Badge>}
                  />
                )
              })}
            </List>
          </Card>
        )}
      </Section>
      <Section title={t('observers.courses')}>
        <div class="observers-courses">
          {courses.map(({ id, title, sum }) => (
            <Card key={id} href={pathTo('observedCourse', { accountId, courseId: id })}>
              <div class="stack">
                <strong class="observers-course">{title}</strong>
                <Progress label={t('progress.bar')} value={sum.done} max={sum.of} words={barWords(sum)} />
                {(sum.missed > 0 || sum.late > 0) && (
                  <span class="cluster">
                    {sum.missed > 0 && (
                      <Badge tone="bad">
                        {t('progress.missed')}: {sum.missed}
                      </Badge>
                    )}
                    {sum.late > 0 && (
                      <Badge tone="warn">
                        {t('progress.late')}: {sum.late}
                      </Badge>
                    )}
                  </span>
                )}
              </div>
            </Card>
          ))}
        </div>
      </Section>
    </>
  )
}
