// Between two activities, as hosts see it: what came out of the last one and what is next. It does nothing itself: the act
// stands at the thumb.
import { Check } from 'lucide-preact'
import { kindIcons } from '#client/features/activities/kinds/icons.ts'
import { kindParts } from '#client/features/activities/kinds/registry.ts'
import { wordStand } from '#client/features/activities/kinds/WordsModeration.tsx'
import { optionsOf, pickedOf } from '#client/features/questions/options.ts'
import { finding } from '#client/features/questions/types/choice-finding.ts'
import { typeParts } from '#client/features/questions/types/registry.ts'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { inOwnDirection } from '#client/ui/words.tsx'
import type { ActivityView } from '#protocol/activities/registry.ts'
import type { Tally } from '#protocol/activities/staged.ts'
import { activityRoutes } from '#protocol/activities.ts'
import type { AgendaEntry, HostStage } from '#protocol/live/stage.ts'
import { type AskedQuestion, toldKeyOf, type WrittenQuestion } from '#protocol/question-types/registry.ts'
import './RemoteBetween.css'

/** How many questions of what comes next are named. */
const namedNext = 3

type BetweenProps = {
  readonly stage: HostStage | null
  readonly next: AgendaEntry | undefined
  readonly agenda: number
}

/** `next`: what the agenda goes on with; `agenda`: how much is on it. */
export function RemoteBetween({ stage, next, agenda }: BetweenProps) {
  const asked = stage ? askedIn(stage) : []
  const nothing = agenda === 0 ? t('live.stageEmptyDetail') : t('live.agendaFinishedDetail')
  return (
    <div class="remote-between">
      {stage && asked.length > 0 && <CameOut stage={stage} asked={asked} />}
      {next ? (
        <ComesNext key={next.activityId} entry={next} first={asked.length === 0} />
      ) : asked.length === 0 ? (
        <EmptyState title={agenda === 0 ? t('live.stageEmpty') : t('live.agendaFinished')}>{nothing}</EmptyState>
      ) : (
        <p class="remote-next">
          <strong>{t('live.agendaFinished')}</strong> <span class="muted">{nothing}</span>
        </p>
      )}
    </div>
  )
}

interface Came {
  readonly itemId: string
  readonly points: string
  readonly question: AskedQuestion | WrittenQuestion
  readonly tally: Tally
}

/** What was asked and closed, in the order of the plan. */
const askedIn = ({ view }: HostStage): readonly Came[] =>
  view.plan.flatMap((one): Came[] =>
    one.tally === null
      ? []
      : [
          {
            ...{ itemId: one.itemId, points: one.points, tally: one.tally },
            question: 'question' in one ? one.question : one.asked,
          },
        ],
  )

const keyOf = (question: Came['question']) => ('key' in question ? (toldKeyOf(question) ?? undefined) : undefined)

function CameOut({ stage, asked }: { readonly stage: HostStage; readonly asked: readonly Came[] }) {
  const last = asked.at(-1)
  if (!last) return null
  return (
    <section class="remote-stage" aria-label={t('live.cameOut')}>
      <div class="remote-stage-words">
        <p class="cluster muted remote-stage-line">
          <Icon as={kindIcons[stage.view.kind]} />
          <span>{stage.title}</span>
          <Badge icon={Check}>{t('live.phaseDone')}</Badge>
        </p>
        <h2 class="prompt">{last.question.body.prompt}</h2>
      </div>
      <Result stage={stage} came={last} />
      {asked.length > 1 && (
        <ol class="remote-came" aria-label={t('live.cameBefore')}>
          {asked.slice(0, -1).map(one => (
            <li key={one.itemId}>
              <span class="remote-came-prompt">{inOwnDirection(one.question.body.prompt)}</span>
              <span class="muted figures">{inShort(one)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

/** What came out in a few words. */
const inShort = ({ question, tally }: Came): string => {
  const key = keyOf(question)
  return optionsOf(question).length > 0
    ? finding(question, tally, true, pickedOf(key))
    : t('activities.answersIn', { count: tally.answered })
}

function Result({ stage: { view }, came: { itemId, points, question, tally } }: { stage: HostStage; came: Came }) {
  const summary = t('activities.answersIn', { count: tally.answered })
  if (question.type !== 'open') {
    const { Board } = typeParts[question.type]
    return <Board question={question} tally={tally} summary={summary} over answerKey={keyOf(question)} />
  }
  if (view.kind !== 'word-cloud') return <p class="muted figures">{summary}</p>
  const { Board } = kindParts['word-cloud']
  const seen = Object.fromEntries(Object.entries(tally.counts).filter(([word]) => wordStand(view, word) === 'seen'))
  const shown = {
    ...{ ...view, item: { id: itemId, points, asked: question } },
    result: { tally: { ...tally, counts: seen } },
  }
  return <Board view={shown as ActivityView} />
}

function ComesNext({ entry, first }: { readonly entry: AgendaEntry; readonly first: boolean }) {
  const { activityId, kind, title } = entry
  const read = useLoad(activityId, () => request(activityRoutes.get, { activityId }))
  const prompts = read.value?.items.map(one => one.question.question.body.prompt)
  const more = (prompts?.length ?? 0) - namedNext
  return (
    <section class="remote-next" aria-label={first ? t('live.comesFirst') : t('live.comesNext')}>
      <p class="cluster muted remote-stage-line">
        <Icon as={kindIcons[kind]} />
        <span>{first ? t('live.comesFirst') : t('live.comesNext')}</span>
        <span class="figures">
          {kindParts[kind].label} · {t('activities.itemCount', { count: entry.items })}
        </span>
      </p>
      <h2>{title}</h2>
      {prompts ? (
        <ol class="remote-questions">
          {prompts.slice(0, namedNext).map((prompt, at) => (
            <li key={at}>{inOwnDirection(prompt)}</li>
          ))}
        </ol>
      ) : (
        !read.problem && <Skeleton form="text" />
      )}
      {more > 0 && <p class="muted figures">{t('live.comesMore', { count: more })}</p>}
    </section>
  )
}
