// What the numbers of one person and week are made of, beside the table.
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Pane } from '#client/ui/Pane.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { InputBefore, Output } from '#protocol/base/call.ts'
import { participationRoutes } from '#protocol/participation.ts'
import { dayOf } from './measures.ts'

export interface BehindOf {
  readonly courseId: string
  readonly accountId: string
  readonly name: string
  readonly week: string
}

type Rows = Output<typeof participationRoutes.rows>

export function Behind({ of, onClose }: { readonly of: BehindOf; readonly onClose: () => void }) {
  const { courseId, accountId, week } = of
  const { value, problem, reload } = useLoad(`${accountId} ${week}`, () =>
    request(participationRoutes.rows, { courseId, accountId, week } as InputBefore<typeof participationRoutes.rows>),
  )
  return (
    <Pane open onClose={onClose} title={t('participation.behind', { name: of.name, day: dayOf(week) })}>
      <div class="participation-behind">
        {value ? (
          <BehindLists {...value} />
        ) : problem ? (
          <ErrorState title={problemWords(problem)} requestId={problem.requestId} onRetry={reload} />
        ) : (
          <Skeleton form="rows" />
        )}
      </div>
    </Pane>
  )
}

function BehindLists({ classes, homework, messages }: Rows) {
  return (
    <>
      <Part title={t('participation.classes')} count={classes.length}>
        {classes.map(one => (
          <Row
            key={one.runId}
            title={one.title}
            detail={
              <>
                <Time at={one.startedAt} form="dayAndTime" />
                {' · '}
                {t('participation.answeredOf', { answers: one.answers, asked: one.asked })}
              </>
            }
            end={
              <Badge tone={one.attended ? 'good' : 'neutral'}>
                {one.attended ? t('participation.attended') : t('grades.missed')}
              </Badge>
            }
          />
        ))}
      </Part>
      <Part title={t('participation.homework')} count={homework.length}>
        {homework.map(one => (
          <Row
            key={`${one.title} ${one.dueAt}`}
            title={one.title}
            detail={<Time at={one.handedInAt ?? one.dueAt} form="dayAndTime" />}
            end={
              <Badge tone={one.handedInAt ? 'good' : 'neutral'}>
                {one.handedInAt ? t('progress.handedIn') : t('grades.missing')}
              </Badge>
            }
          />
        ))}
      </Part>
      <Part title={t('participation.messages')} count={messages.length}>
        {messages.map(one => (
          <Row
            key={one.at}
            title={one.text === null ? <em>{t('participation.deleted')}</em> : one.text}
            detail={<Time at={one.at} form="dayAndTime" />}
          />
        ))}
      </Part>
    </>
  )
}

interface PartProps {
  readonly title: string
  readonly count: number
  readonly children: preact.ComponentChildren
}

function Part({ title, count, children }: PartProps) {
  return (
    <section class="stack-tight">
      <h3>{title}</h3>
      {count === 0 ? <p class="muted">{t('participation.none')}</p> : <List label={title}>{children}</List>}
    </section>
  )
}
