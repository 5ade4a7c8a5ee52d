// Plays a class that was held, into the timeline: seats, stage, answers, chat and questions, minute by minute.
import { randomUUID } from 'node:crypto'
import type { ActivityMove } from '#protocol/activities/registry.ts'
import type { Steer } from '#protocol/activities/staged.ts'
import { type ActivityId, activityCalls, type DeliveryId, type ItemId } from '#protocol/activities.ts'
import { attendanceRoutes } from '#protocol/attendance.ts'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import type { TopicId } from '#protocol/channels/topics.ts'
import type { MessageId } from '#protocol/channels.ts'
import { liveCalls, liveRoutes, type RunId } from '#protocol/live.ts'
import type { WrittenQuestion } from '#protocol/question-types/registry.ts'
import { type DeliveryState, deliveryState } from '#server/features/activities/index.ts'
import { voteAll } from '#server/features/channels/index.ts'
import { runHostsState, steerRun } from '#server/features/live/index.ts'
import { type Interval, keepIntervals } from '#server/features/presence/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { dice } from '../dice.ts'
import { answerOf, plannedItem } from '../past-class.ts'
import { later } from './calendar.ts'
import { type Cast, finder, firstNameOf, type TaughtCourse } from './cast.ts'
import { cloudWords, guesses, skills, unclear } from './classes.ts'
import type { AskedInClass, HeldClass } from './held-class.ts'
import type { Person, Room, Timeline } from './timeline.ts'

export interface ClassToPlay {
  readonly timeline: Timeline
  readonly cast: Cast
  readonly course: TaughtCourse
  readonly held: HeldClass
  readonly beginsAt: Date
  readonly endsAt: Date
  /** Who is in the course by then. */
  readonly enrolled: readonly Person[]
  readonly seed: string
}

/** What becomes known once the class has begun. */
export interface ClassPlayed {
  runId?: RunId
  qaId?: string
  readonly room: Room
}

const minutes = (from: Date, many: number) => later(from, many * 60)

/** Notes the whole class; what is known of it later is filled into the answer. */
export function noteClass(klass: ClassToPlay): ClassPlayed {
  const { timeline, cast, held, beginsAt, endsAt, enrolled, seed } = klass
  const played: ClassPlayed = { room: {} }
  const called = finder(cast)
  const there = enrolled.filter(one => !held.absent.includes(firstNameOf(one)))
  const chance = dice(`${seed}/${held.title}/seats`)
  const activityIds = held.activities.map(({ title }) => idOf(klass, title))

  timeline.at(minutes(beginsAt, -4), async () => {
    const run = await timeline.node
      .as(cast.teacher, minutes(beginsAt, -4))
      .call(liveRoutes.start, { courseId: klass.course.courseId, title: held.title, activityIds })
    played.runId = run.id
    played.room.id = run.channelId as NonNullable<Room['id']>
    played.qaId = run.qaId
  })
  const times: Interval[] = []
  for (const person of [cast.assistant, ...there]) {
    // Whoever says something early is there early.
    const early = held.talk.some(([minute, who]) => minute < 8 && who === firstNameOf(person))
    const at = later(beginsAt, early ? chance.between(-170, 20) : chance.between(-200, 330))
    timeline.at(at, () => timeline.node.as(person, at).call(liveRoutes.join, { runId: runOf(played) }))
    if (person === cast.assistant) continue
    const network = dice(`${seed}/${held.title}/network/${person.name}`)
    timeline.at(endsAt, async () => {
      times.push(...whileThere(runOf(played), person, { from: at, to: endsAt }, network))
    })
  }
  for (const [index, [minute, who, text]] of held.talk.entries())
    timeline.say({ at: later(beginsAt, minute * 60 + ((index * 17) % 50)), who: called(who), room: played.room, text })
  for (const asked of held.questions) noteQuestion(klass, played, asked, there)
  noteStage(klass, played, there)
  timeline.at(endsAt, () => timeline.node.as(cast.teacher, endsAt).call(liveCalls.end, { runId: runOf(played) }))
  timeline.at(endsAt, () => timeline.node.as(cast.teacher, endsAt).act(ctx => keepIntervals(ctx, times)))
  const excused = held.absent.at(-1)
  if (excused) noteExcuse(klass, played, called(excused))
  return played
}

/** When somebody was connected: all the time, or but for some minutes in which the network was gone. */
function whileThere(
  runId: RunId,
  { accountId }: Person,
  { from, to }: { readonly from: Date; readonly to: Date },
  chance: ReturnType<typeof dice>,
): Interval[] {
  const whole = { id: randomUUID(), scope: 'run', scopeId: runId, accountId, from, to }
  if (!chance.chance(0.2)) return [whole]
  const lost = later(from, chance.between(600, 1_200))
  const back = later(lost, chance.between(60, 420))
  return [
    { ...whole, to: lost },
    { ...whole, id: randomUUID(), from: back },
  ]
}

/** In the evening it is known why the last of those who missed it was away. */
function noteExcuse({ timeline, cast, endsAt, enrolled }: ClassToPlay, played: ClassPlayed, who: Person): void {
  if (!enrolled.includes(who)) return
  const at = minutes(endsAt, 200)
  const excuse = { accountId: who.accountId, version: 0, status: 'excused' as const, note: 'Ill, with a letter.' }
  timeline.at(at, () =>
    timeline.node.as(cast.teacher, at).call(attendanceRoutes.correct, { runId: runOf(played), ...excuse }),
  )
}

function idOf({ course }: ClassToPlay, title: string): ActivityId {
  const id = course.activities.get(title)
  if (!id) throw new Error(`The demo course has no ${title}`)
  return id
}

function runOf({ runId }: ClassPlayed): RunId {
  if (!runId) throw new Error('The class has not begun')
  return runId
}

/** The items of the class one after the other, spread over its time. */
function noteStage(klass: ClassToPlay, played: ClassPlayed, there: readonly Person[]): void {
  const { timeline, cast, held, beginsAt, endsAt } = klass
  const items = held.activities.flatMap((activity, agenda) => activity.questions.map((_, place) => ({ agenda, place })))
  const span = (endsAt.getTime() - beginsAt.getTime()) / 1_000 - 900
  const host = (at: Date) => timeline.node.as(cast.teacher, at)
  const stateOf = (at: Date, deliveryId: DeliveryId) => host(at).act(ctx => deliveryState(ctx, deliveryId))
  const steer = (
    ctx: WriteCtx,
    at: Date,
    { deliveryId, step }: Pick<DeliveryState, 'deliveryId' | 'step'>,
    what: Steer,
  ) => steerRun({ ...ctx, now: at, playedAt: at }, { runId: runOf(played), deliveryId, step, steer: what })
  for (const [index, { agenda, place }] of items.entries()) {
    const opens = later(beginsAt, 480 + (index * span) / items.length)
    timeline.at(opens, async () => {
      const plan = await host(opens).act(ctx => runHostsState(ctx, runOf(played)))
      const deliveryId = plan.agenda[agenda]?.deliveryId
      if (!deliveryId) throw new Error(`${held.title} has a shorter agenda`)
      if (place === 0) await host(opens).call(liveCalls.putOnStage, { runId: runOf(played), deliveryId })
      const ready = await stateOf(opens, deliveryId)
      const { itemId, question } = plannedItem(ready, place)
      // Without a limit: the clock of the present would ring at once.
      await host(opens).act(ctx => steer(ctx, opens, ready, { do: 'open', itemId, limitSeconds: null }))
      const open = await stateOf(opens, deliveryId)
      await answerAll(klass, there, opens, { state: open, itemId: itemId as ItemId, question })
      // In one go: a close that is due would be written by the clock of the present.
      await host(later(opens, 75)).act(async ctx => {
        const { step } = await steer(ctx, later(opens, 75), open, { do: 'lock' })
        await steer(ctx, later(opens, 80), { deliveryId, step }, { do: 'reveal' })
      })
    })
  }
}

interface OnStage {
  readonly state: DeliveryState
  readonly itemId: ItemId
  readonly question: WrittenQuestion
}

/** What somebody of this skill answers. */
export function moveOf(
  kind: DeliveryState['kind'],
  question: WrittenQuestion,
  skill: number,
  next: () => number,
): ActivityMove {
  if (kind === 'word-cloud') {
    const words = Array.from(
      { length: 1 + Math.floor(next() * 3) },
      () => cloudWords[Math.floor(next() * cloudWords.length)],
    )
    return { words: [...new Set(words)].filter(word => word !== undefined) }
  }
  if (kind === 'open-text') return { text: unclear[Math.floor(next() * unclear.length)] ?? unclear[0] }
  if (kind === 'poll' && 'options' in question.body) {
    const { options } = question.body
    // From the first option, said by whoever is good at it, to the last.
    const place = Math.floor((1 - skill) * options.length + next() * 1.6 - 0.3)
    return { optionIds: [options[Math.min(options.length - 1, Math.max(0, place))]?.id ?? 'a'] }
  }
  const right = next() < skill
  if (question.type === 'short-text' && !right)
    return { text: guesses[Math.floor(next() * guesses.length)] ?? guesses[0] }
  return answerOf(question, right ? 'right' : 'guessed', next)
}

async function answerAll(klass: ClassToPlay, there: readonly Person[], opens: Date, stage: OnStage): Promise<void> {
  const { state, itemId, question } = stage
  // How hard a question is depends on its words alone, so that the same one is as hard in every school.
  const hard = dice(question.body.prompt).between(-0.2, 0.12)
  await Promise.all(
    there.flatMap(person => {
      const chance = dice(`${klass.seed}/${klass.held.title}/${question.body.prompt}/${person.name}`)
      const skill = Math.min(0.98, Math.max(0.04, (skills[firstNameOf(person)] ?? 0.72) + hard))
      if (chance.chance(skill < 0.3 ? 0.3 : 0.04)) return []
      const at = later(opens, 4 + 62 * chance.next() ** 1.5)
      const move = moveOf(state.kind, question, skill, chance.next)
      const { deliveryId } = state
      return klass.timeline.node.as(person, at).call(activityCalls.answer, { deliveryId, itemId, move })
    }),
  )
}

function noteQuestion(klass: ClassToPlay, played: ClassPlayed, asked: AskedInClass, there: readonly Person[]): void {
  const { timeline, cast, beginsAt, seed } = klass
  const called = finder(cast)
  const chance = dice(`${seed}/${asked.title}`)
  const at = later(beginsAt, asked.minute * 60 + chance.between(5, 55))
  const made: { topicId?: TopicId; answerId?: MessageId } = {}
  const topic = () => {
    if (!made.topicId) throw new Error(`"${asked.title}" has not been asked`)
    return made.topicId
  }
  timeline.at(at, async () => {
    const posted = await timeline.node.as(called(asked.who), at).call(topicCalls.post, {
      channelId: (played.qaId ?? '') as never,
      title: asked.title,
      body: '',
      anonymous: asked.nameless === true,
    })
    made.topicId = posted.topicId
  })
  const voted = later(at, 150)
  timeline.at(voted, () =>
    timeline.node.as(cast.teacher, voted).act(ctx => voteAll(ctx, votesOf(ctx, there, asked, topic(), chance))),
  )
  for (const { minute, who, text } of asked.replies ?? []) {
    const when = later(beginsAt, minute * 60 + 25)
    timeline.at(when, async () => {
      const reply = { topicId: topic(), text, anonymous: false }
      made.answerId = (await timeline.node.as(called(who), when).call(topicCalls.reply, reply)).messageId
    })
  }
  const settled = minutes(beginsAt, Math.max(asked.minute + 6, ...(asked.replies ?? []).map(one => one.minute + 2)))
  const staff = timeline.node.as(cast.teacher, settled)
  if (asked.outcome === 'aloud')
    timeline.at(settled, () => staff.call(topicCalls.settle, { topicId: topic(), outcome: 'aloud' }))
  if (asked.outcome === 'accepted')
    timeline.at(settled, () => staff.call(topicCalls.accept, { topicId: topic(), messageId: made.answerId ?? null }))
}

type VoteCtx = Parameters<typeof voteAll>[0]

/** As many different people as the story says, never whoever asked. */
function votesOf(
  ctx: VoteCtx,
  people: readonly Person[],
  asked: AskedInClass,
  topicId: TopicId,
  chance: { next(): number },
) {
  const order = people
    .filter(one => firstNameOf(one) !== asked.who)
    .map(person => ({ person, by: chance.next() }))
    .sort((a, b) => a.by - b.by)
  return order.slice(0, asked.votes).map(({ person }) => ({
    ctx: { ...ctx, who: person },
    operationId: newId() as never,
    input: { topicId, on: true },
  }))
}
