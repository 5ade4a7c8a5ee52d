// Two pieces of homework: one that was due and is graded, one that is due in two days and that some have handed in.
import { activityCalls, type DeliveryId } from '#protocol/activities.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { listItems } from '#server/features/activities/index.ts'
import { assignHomework, closeDue } from '#server/features/quizzes/index.ts'
import { type DemoActivity, multiple, numeric, single, trueFalse } from '../course.ts'
import { dice } from '../dice.ts'
import { awake, later } from './calendar.ts'
import { type Cast, firstNameOf, type TaughtCourse } from './cast.ts'
import { skills } from './classes.ts'
import { moveOf } from './play-class.ts'
import type { Person, Timeline } from './timeline.ts'

export interface GivenHomework {
  readonly module: number
  readonly activity: DemoActivity
  /** Never handed in by these. */
  readonly without: readonly string[]
  /** How many of the others have done it by now. */
  readonly share: number
}

export const homeworks: readonly [GivenHomework, GivenHomework] = [
  {
    module: 1,
    activity: {
      kind: 'quiz',
      title: 'Homework: a leaf in numbers',
      questions: [
        numeric('A leaf takes up 12 molecules of CO₂. How many molecules of glucose can it build?', '2', '0'),
        single(
          'A plant stands in the dark for a day. What happens to its dry weight?',
          ['It grows', 'It falls a little', 'It stays exactly the same', 'It doubles'],
          1,
        ),
        trueFalse('Without water there is no oxygen from photosynthesis.', 'true'),
        multiple(
          'Which of these slow photosynthesis down?',
          ['Cold', 'Closed stomata', 'More carbon dioxide', 'Shade'],
          [0, 1, 3],
        ),
      ],
    },
    without: ['Tom', 'Dmitri'],
    share: 1,
  },
  {
    module: 2,
    activity: {
      kind: 'quiz',
      title: 'Homework: respiration in numbers',
      questions: [
        numeric('How many molecules of O2 does it take to respire one molecule of glucose completely?', '6', '0'),
        single(
          'You hold your breath. What rises first in your blood?',
          ['Carbon dioxide', 'Oxygen', 'Glucose', 'Nitrogen'],
          0,
        ),
        trueFalse('In a closed bottle, yeast turns sugar into alcohol.', 'true'),
        numeric('Fermentation yields 2 ATP, respiration 30. How many times as much is that?', '15', '0'),
      ],
    },
    without: ['Tom', 'Zoë'],
    share: 0.4,
  },
]

export interface HomeworkToGive {
  readonly timeline: Timeline
  readonly cast: Cast
  readonly course: TaughtCourse
  readonly given: GivenHomework
  readonly givenAt: Date
  readonly dueAt: Date
  readonly now: Date
  readonly enrolled: readonly Person[]
  readonly seed: string
}

/** Notes the giving, the answers and, when it was due, the close. */
export function noteHomework(homework: HomeworkToGive): void {
  const { timeline, cast, course, given, givenAt, dueAt, now, enrolled, seed } = homework
  const { title } = given.activity
  const activityId = course.activities.get(title)
  if (!activityId) throw new Error(`The demo course has no ${title}`)
  const made: { deliveryId?: DeliveryId } = {}
  const over = dueAt < now
  timeline.at(givenAt, () =>
    timeline.node.as(cast.teacher, givenAt).act(async ctx => {
      // A job for a time that has passed would close it before anybody has answered: it is closed below, in its time.
      const quiet = over ? { ...ctx, enqueue: async () => undefined } : ctx
      made.deliveryId = (await assignHomework(quiet, { activityId, dueAt: dueAt.toISOString() })).id
    }),
  )
  const until = Math.min(dueAt.getTime() - 3_600_000, now.getTime() - 1_800_000)
  for (const person of enrolled) {
    const name = firstNameOf(person)
    const chance = dice(`${seed}/${title}/${person.name}`)
    if (given.without.includes(name) || !chance.chance(given.share * 0.96)) continue
    // Most of it on the last evening.
    const share = 1 - chance.next() ** 2
    const raw = awake(new Date(givenAt.getTime() + 1_200_000 + share * (until - givenAt.getTime() - 1_800_000)))
    timeline.at(raw, () => handIn(homework, made.deliveryId as DeliveryId, activityId, person, raw))
  }
  if (over) {
    const closes = later(dueAt, 2)
    timeline.at(closes, () =>
      timeline.node.as({ kind: 'nobody' }, closes).act(ctx => closeDue(ctx, made.deliveryId as DeliveryId)),
    )
  }
}

async function handIn(
  { timeline, given, seed }: HomeworkToGive,
  deliveryId: DeliveryId,
  activityId: NonNullable<ReturnType<TaughtCourse['activities']['get']>>,
  person: Person,
  at: Date,
): Promise<void> {
  const skill = Math.min(0.97, (skills[firstNameOf(person)] ?? 0.72) + 0.08)
  const items = await timeline.node.as(person, at).act(ctx => listItems(ctx, activityId))
  let when = at
  for (const { id: itemId, question } of items) {
    const chance = dice(`${seed}/${given.activity.title}/${person.name}/${question.question.body.prompt}`)
    const move = moveOf('quiz', question.question, skill, chance.next)
    await timeline.node.as(person, when).call(activityCalls.answer, { deliveryId, itemId, move })
    when = later(when, chance.between(20, 140))
  }
  await timeline.node.as(person, when).call(quizRoutes.finish, { deliveryId })
}
