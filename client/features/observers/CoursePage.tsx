// One course of a learner, for whoever observes them: grades, item by item, classes. Read only; nothing leads into the
// course, where the reader has no place.
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { standingLook } from '#client/features/attendance/words.ts'
import { itemKind } from '#client/features/courses/registry.ts'
import { emptyWords } from '#client/features/grades/empty.ts'
import { Grade } from '#client/features/grades/Grade.tsx'
import { barWords } from '#client/features/progress/CourseBar.tsx'
import { stateWords } from '#client/features/progress/words.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Card, Section } from '#client/ui/Card.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Progress } from '#client/ui/Progress.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { Output } from '#protocol/base/call.ts'
import type { observerRoutes } from '#protocol/observers.ts'
import { readCourse, useObservedTurn } from './store.ts'
import './observers.css'

type Told = Output<typeof observerRoutes.course>

/** /observed/:accountId/courses/:courseId */
export function CoursePage({ params: { accountId, courseId } }: PageProps<'observedCourse'>) {
  const { value, problem, reload } = useLoad(`${accountId} ${courseId}`, () => readCourse(accountId, courseId))
  useObservedTurn(reload)
  const gone = problem && (problem.code === 'observing-over' || problem.code === 'not-found')
  const told = gone ? undefined : value
  return (
    <div class="stack-loose">
      <PageHeader
        title={told?.course.title ?? t('observers.courseTitle')}
        parent={
          gone
            ? { label: t('observers.title'), href: pathTo('observed') }
            : { label: told?.learner.name ?? t('observers.title'), href: pathTo('observedLearner', { accountId }) }
        }
      />
      {told ? (
        <>
          <Sum told={told} />
          <Grades told={told} />
          <Items told={told} />
          <Classes told={told} />
        </>
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

interface ToldProps {
  readonly told: Told
}

function Sum({ told: { sum, grade, scale } }: ToldProps) {
  return (
    <Card>
      <div class="stack">
        <Progress label={t('progress.bar')} value={sum.done} max={sum.of} words={barWords(sum)} />
        <p class="observers-sum figures">
          {t('progress.gradeSoFar')}:{' '}
          {grade ? (
            <Grade form="row" scale={scale} score={grade.score} points={grade.points} />
          ) : (
            t('progress.gradeNone')
          )}
          {sum.missed > 0 && ` · ${t('progress.missed')}: ${sum.missed}`}
          {sum.late > 0 && ` · ${t('progress.late')}: ${sum.late}`}
        </p>
      </div>
    </Card>
  )
}

function Grades({ told: { grades, scale } }: ToldProps) {
  return (
    <Section title={t('observers.grades')}>
      {grades.length === 0 ? (
        <p class="muted">{t('observers.noGrades')}</p>
      ) : (
        <Card flush>
          <List label={t('observers.grades')}>
            {grades.map(one => (
              <Row
                key={one.gradeItemId}
                title={one.title}
                detail={<Time at={one.at} form="day" />}
                end={
                  <span class="figures">
                    {one.score !== null ? (
                      <Grade form="row" scale={scale} score={one.score} points={one.points} />
                    ) : one.why === null ? (
                      <span class="muted">{t('observers.held')}</span>
                    ) : (
                      <span class="muted">{emptyWords(one.why)}</span>
                    )}
                  </span>
                }
              />
            ))}
          </List>
        </Card>
      )}
    </Section>
  )
}

function Items({ told: { items, course } }: ToldProps) {
  return (
    <Section title={t('observers.items')}>
      {items.length === 0 ? (
        <p class="muted">{t('observers.noItems')}</p>
      ) : (
        <Card flush>
          <List label={t('observers.items')}>
            {items.map(({ itemId, kind, title, cell }) => {
              const { word, icon, tone } = stateWords(cell, Date.now())
              const known = itemKind(kind)
              const at = cell.state === 'done' ? cell.at : cell.dueAt
              return (
                <Row
                  key={itemId}
                  start={known && <Icon as={known.icon} size={20} />}
                  title={title}
                  detail={
                    <>
                      {known && t(known.label)}
                      {at && (
                        <>
                          {' · '}
                          <Time at={at} form="dayAndTime" {...(cell.state !== 'done' && { zone: course.timeZone })} />
                        </>
                      )}
                    </>
                  }
                  end={
                    <Badge tone={tone} icon={icon}>
                      {word}
                    </Badge>
                  }
                />
              )
            })}
          </List>
        </Card>
      )}
    </Section>
  )
}

function Classes({ told: { classes } }: ToldProps) {
  return (
    <Section title={t('observers.classes')}>
      {classes.length === 0 ? (
        <p class="muted">{t('observers.noClasses')}</p>
      ) : (
        <Card flush>
          <List label={t('observers.classes')}>
            {classes.map(({ run, status, corrected }) => {
              const { word, icon, tone } = standingLook(run, { status, corrected })
              return (
                <Row
                  key={run.id}
                  title={run.title}
                  detail={
                    <>
                      <Time at={run.startedAt} form="day" />
                      {corrected && ` · ${t('observers.corrected')}`}
                    </>
                  }
                  end={
                    <Badge tone={tone} icon={icon}>
                      {word}
                    </Badge>
                  }
                />
              )
            })}
          </List>
        </Card>
      )}
    </Section>
  )
}
