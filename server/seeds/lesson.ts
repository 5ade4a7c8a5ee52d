// The lesson of the second demo course: an alarm, and what somebody does about it. A few learners have gone through it, one
// is on their way.
import type { CourseId } from '#protocol/courses.ts'
import type { LessonChoice } from '#protocol/lessons.ts'
import { createLesson, layPages, layWalks } from '#server/features/lessons/index.ts'
import type { RunningNode } from '#server/main.ts'
import { newId } from '#server/platform/db/id.ts'
import { later } from './history/calendar.ts'
import type { Cast } from './history/cast.ts'

const words = (...lines: readonly string[]) => ({
  schema: 1,
  content: lines.map(text => ({ type: 'paragraph' as const, content: [{ type: 'text' as const, text }] })),
})

const choice = (to: LessonChoice['to'], text = '', feedback = ''): LessonChoice => ({
  ...{ id: newId<'LessonChoice'>(), text, to, feedback },
})

/** Makes it as the course's instructor. `now`: the moment the history ends; what learners did was in the hours before. */
export async function addLesson(
  node: Pick<RunningNode, 'as'>,
  courseId: CourseId,
  { teacher, learners }: Cast,
  now: Date,
): Promise<void> {
  const began = later(now, -26 * 3_600)
  const [desk, lift, lawn] = [newId<'LessonPage'>(), newId<'LessonPage'>(), newId<'LessonPage'>()]
  const toLift = choice(lift, 'Save, pack the laptop, take the lift', 'That took two minutes.')
  const toLawn = choice(lawn, 'Leave at once, by the stairs', 'Right: nothing on the desk is worth a minute.')
  const stairs = choice(lawn, 'Take the stairs after all', 'Better late. The lifts are for the fire brigade alone.')
  const back = choice(desk, 'Go back to the desk', 'Never go back in. Think again from the start.')
  const out = choice('end')
  const pages = [
    {
      ...{ id: desk, title: 'At your desk', choices: [toLift, toLawn] },
      document: words('The alarm sounds. A mail is half written, and your coat hangs by the door.'),
    },
    {
      ...{ id: lift, title: 'At the lift', choices: [stairs, back] },
      document: words('The lift does not come: it stops when the alarm sounds. You smell smoke.'),
    },
    {
      ...{ id: lawn, title: 'On the lawn', choices: [out] },
      document: words('You stand at the meeting point. The warden reads out names.', 'Stay until yours was called.'),
    },
  ]
  const ends = { choiceId: out.id, to: null }
  const toEnd = [{ choiceId: toLawn.id, to: lawn }, ends]
  const ways = [
    toEnd,
    [{ choiceId: toLift.id, to: lift }, { choiceId: stairs.id, to: lawn }, ends],
    toEnd,
    [{ choiceId: toLift.id, to: lift }],
  ]
  await node.as(teacher, began).act(async ctx => {
    const { id: lessonId } = await createLesson(ctx, {
      ...{ courseId, moduleId: null, title: 'The alarm sounds', anyOrder: false, published: true },
      intro: 'Ten minutes past nine. You are at your desk. Decide as you would.',
    })
    await layPages(ctx, { courseId, lessonId }, pages)
    const people = learners.slice(2, 2 + ways.length)
    await layWalks(
      lessonId,
      people.map(({ accountId }, at) => ({
        ...{ accountId, first: desk, way: ways[at] ?? [] },
        begunAt: later(began, 3_600 * (at + 1)),
      })),
    )
  })
}
