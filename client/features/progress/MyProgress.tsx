// A learner's own progress: how far, what it came to, the one next step, and every item with its state.
import { ListChecks } from 'lucide-preact'
import { useEffect } from 'preact/hooks'
import { itemKind } from '#client/features/courses/registry.ts'
import type { CourseView } from '#client/features/courses/store.ts'
import { CourseGrade } from '#client/features/grades/Grade.tsx'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Card, Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Progress } from '#client/ui/Progress.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { Output } from '#protocol/base/call.ts'
import { type ProgressCell, progressRoutes } from '#protocol/progress.ts'
import { barWords } from './CourseBar.tsx'
import { CourseStandingCard } from './CourseStanding.tsx'
import { Due, NextStep, pathOf } from './NextStep.tsx'
import { progressTurn } from './store.ts'
import { stateWords } from './words.ts'
import './progress.css'

type Mine = Output<typeof progressRoutes.mine>
type Item = Mine['items'][number]

/** Read again when something in the course or of the person's own changes. */
export function MyProgress({ courseId, view }: { readonly courseId: string; readonly view: CourseView }) {
  const mine = useLoad(courseId, () => request(progressRoutes.mine, { courseId }))
  const turn = progressTurn.value
  const shown = view.items.value
  useEffect(() => {
    const timer = setTimeout(mine.reload, 200)
    return () => clearTimeout(timer)
  }, [turn, shown])
  if (mine.value) return <MyProgressView courseId={courseId} mine={mine.value} />
  return mine.problem ? (
    <ErrorState
      title={t('progress.failed')}
      detail={problemWords(mine.problem)}
      requestId={mine.problem.requestId}
      onRetry={mine.reload}
    />
  ) : (
    <Skeleton form="page" />
  )
}

/** From the state alone. */
export function MyProgressView({ courseId, mine }: { readonly courseId: string; readonly mine: Mine }) {
  const { items, sum, grade, course } = mine
  if (items.length === 0 && !course)
    return (
      <EmptyState icon={ListChecks} title={t('progress.empty')}>
        {t('progress.emptyDetail')}
      </EmptyState>
    )
  const next = items.find(one => one.itemId === mine.next)
  const modules = new Map<string, Item[]>()
  for (const item of items) modules.set(item.moduleTitle, [...(modules.get(item.moduleTitle) ?? []), item])
  return (
    <div class="stack-loose progress-own">
      <Card>
        <div class="stack">
          <Progress label={t('progress.bar')} value={sum.done} max={sum.of} words={barWords(sum)} />
          <dl class="progress-facts">
            <div>
              <dt>{t('progress.gradeSoFar')}</dt>
              <dd class="figures">
                {grade ? <CourseGrade form="row" courseId={courseId} {...grade} /> : t('progress.gradeNone')}
              </dd>
            </div>
            {sum.missed > 0 && (
              <div>
                <dt>{t('progress.missed')}</dt>
                <dd class="figures">{sum.missed}</dd>
              </div>
            )}
            {sum.late > 0 && (
              <div>
                <dt>{t('progress.late')}</dt>
                <dd class="figures">{sum.late}</dd>
              </div>
            )}
          </dl>
          {next ? (
            <NextStep courseId={courseId} item={next} />
          ) : (
            <p class="muted">{t(sum.done === sum.of ? 'progress.allDone' : 'progress.nothingLeft')}</p>
          )}
        </div>
      </Card>
      {course && <CourseStandingCard courseId={courseId} course={course} items={items} />}
      {[...modules].map(([title, list]) => (
        <Section key={title} title={title || t('progress.aboveModules')}>
          <Card flush>
            <List label={title || t('progress.aboveModules')}>
              {list.map(item => (
                <ItemRow key={item.itemId} courseId={courseId} item={item} />
              ))}
            </List>
          </Card>
        </Section>
      ))}
    </div>
  )
}

function ItemRow({ courseId, item }: { readonly courseId: string; readonly item: Item }) {
  const { cell } = item
  const { word, icon, tone } = stateWords(cell, Date.now())
  const kind = itemKind(item.kind)
  const href = pathOf(courseId, item)
  return (
    <Row
      start={kind && <Icon as={kind.icon} size={20} />}
      title={item.title}
      detail={<Detail courseId={courseId} cell={cell} kindWord={kind ? t(kind.label) : ''} />}
      end={
        <Badge tone={tone} icon={icon}>
          {word}
        </Badge>
      }
      {...(href ? { href } : {})}
    />
  )
}

function Detail({
  courseId,
  cell,
  kindWord,
}: {
  readonly courseId: string
  readonly cell: ProgressCell
  readonly kindWord: string
}) {
  return (
    <>
      {kindWord}
      {cell.state === 'done' && cell.at && (
        <>
          {' · '}
          <Time at={cell.at} />
        </>
      )}
      {cell.state === 'open' && cell.dueAt && (
        <>
          {' · '}
          <Due courseId={courseId} at={cell.dueAt} />
        </>
      )}
    </>
  )
}
