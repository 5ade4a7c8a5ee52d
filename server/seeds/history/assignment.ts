// An assignment that was due the day before yesterday: most have handed in, two of them late, and the teacher has begun to mark.
import { type AssignmentId, assignmentRoutes } from '#protocol/assignments.ts'
import { documentSchema } from '#protocol/content/document.ts'
import type { CourseId } from '#protocol/courses.ts'
import { findItem } from '#server/features/courses/index.ts'
import { daysBefore, later } from './calendar.ts'
import { type Cast, finder, type TaughtCourse } from './cast.ts'
import type { Timeline } from './timeline.ts'

const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })

const asked = [
  paragraph('Your grandmother asks why the plant on her windowsill needs light. Tell her in 80 to 150 words.'),
  paragraph('Use light, water and carbon dioxide, and say what becomes of them. No formula: she would stop listening.'),
]

interface Handed {
  readonly who: string
  /** Hours after it was due; before it when negative. */
  readonly hours: number
  readonly text: string
  readonly mark?: { readonly score: string; readonly comment: string }
}

const works: readonly Handed[] = [
  {
    who: 'Aiko',
    hours: -28,
    text: 'Dear Grandma, your plant does not eat soil. It drinks water through its roots and breathes in carbon dioxide through tiny doors in its leaves. With the light it puts both together and makes sugar, which is all it lives on. What is left over is oxygen, and that is the part we like. Put it in the dark and the kitchen closes: it still needs its sugar, but it cannot cook any.',
    mark: {
      score: '10',
      comment: 'The kitchen that closes is exactly right. I would show this to my own grandmother.',
    },
  },
  {
    who: 'Ben',
    hours: -26,
    text: 'A plant is like a solar panel that makes food. It takes the light and the water and the air, and it makes sugar. At night it stops making it.\n\nThat is why it should stand at the window and not in the hall.',
    mark: { score: '8', comment: 'Clear and short. Which part of the air is it? That is the word that is missing.' },
  },
  {
    who: 'Camille',
    hours: -25,
    text: 'Think of baking bread, Grandma. The flour is carbon dioxide, the water is water, and the oven is the sun. The bread is sugar, and the smell that fills the kitchen is oxygen. If you turn the oven off you can have all the flour you like and nobody gets anything to eat.',
    mark: { score: '9.5', comment: 'A picture that holds. Only the smell is a little unkind to oxygen.' },
  },
  {
    who: 'Emre',
    hours: -20,
    text: 'The plant needs light because of photosynthesis. Chloroplasts in the cells absorb it and split water. Then carbon dioxide becomes glucose in the dark reactions, which are not really dark.',
    mark: {
      score: '6',
      comment: 'All of it is right, and your grandmother has stopped listening. Hand the words back one by one.',
    },
  },
  {
    who: 'Grace',
    hours: -9,
    text: 'Your plant makes its own dinner. It takes in what we breathe out, adds water from the pot, and cooks it with sunlight. It keeps the sugar and gives us the oxygen. A plant without light is a cook without a stove.',
  },
  {
    who: 'Hugo',
    hours: -6,
    text: 'When I was small you told me that plants sleep at night. It is nearly true. In the light they build sugar out of water and carbon dioxide, and let oxygen go. At night they only use it up, as we do. So a plant that stands in the dark for a week gets lighter every day.',
  },
  {
    who: 'Ingrid',
    hours: -4,
    text: 'Light is what the plant pays with. Water and carbon dioxide are what it buys, sugar is what it takes home, oxygen is the change it leaves on the counter.',
  },
  {
    who: 'Joon',
    hours: -3,
    text: 'Grandma, the light is not food. It is the energy to make food. The food is made of water and of carbon dioxide, which is in the air because of us. That is why it grows better when you talk to it, a little.',
  },
  {
    who: 'Noor',
    hours: -1,
    text: 'A leaf is a very flat kitchen. It is flat so that the light gets everywhere, and it has small windows underneath for the air. Water comes up from below in pipes. Out of all this comes sugar for the whole plant and oxygen for whoever is in the room.',
  },
  {
    who: 'Priya',
    hours: -1,
    text: 'You water it, I breathe on it, the sun does the work. The plant turns the water and my breath into sugar and gives back oxygen. Without the sun it starves with a full glass of water in front of it.',
  },
  {
    who: 'Sofia',
    hours: 3,
    text: 'I know it is late, I had training. The plant makes sugar from water and carbon dioxide with the light. If there is no light it has to live on what it has saved, like we do at the end of the month.',
  },
  {
    who: 'Oskar',
    hours: 15,
    text: 'Light goes in, water goes in, carbon dioxide goes in. Sugar stays in, oxygen comes out. Grandma would say: then put it at the window. Yes.',
  },
]

interface AssignmentToGive {
  readonly timeline: Timeline
  readonly cast: Cast
  readonly course: TaughtCourse
  readonly now: Date
}

/** Notes the giving, what was handed in and the marks there are by now. */
export function noteAssignment({ timeline, cast, course, now }: AssignmentToGive): void {
  const find = finder(cast)
  const { courseId } = course
  const made: { assignmentId?: AssignmentId; courseId: CourseId } = { courseId }
  const dueAt = daysBefore(now, 2, 18)
  const givenAt = daysBefore(now, 6, 11)
  timeline.at(givenAt, async () => {
    const as = timeline.node.as(cast.teacher, givenAt)
    const page = course.pageIds[2] ?? course.pageIds[0]
    const place = await as.act(ctx => findItem(ctx, { kind: 'page', refId: page ?? '' }))
    const { assignment } = await as.call(assignmentRoutes.create, {
      ...{ courseId, moduleId: place?.moduleId ?? null, title: 'A plant for your grandmother', points: '10' },
      ...{ document: { schema: documentSchema, content: asked }, dueAt: dueAt.toISOString(), published: true },
      takes: { text: true, most: 2, forms: ['image', 'pdf'], largest: 25_000_000 },
    })
    made.assignmentId = assignment.id
  })
  for (const { who, hours, text, mark } of works) {
    const at = later(dueAt, hours * 3_600)
    if (at >= now) continue
    const of = () => ({ courseId, assignmentId: made.assignmentId as AssignmentId })
    timeline.at(at, () => timeline.node.as(find(who), at).call(assignmentRoutes.handIn, { ...of(), version: 0, text }))
    const marked = later(dueAt, 16 * 3_600 + works.findIndex(one => one.who === who) * 400)
    if (!mark || marked >= now) continue
    const { accountId } = find(who)
    timeline.at(marked, () =>
      timeline.node.as(cast.teacher, marked).call(assignmentRoutes.mark, { ...of(), accountId, version: 1, ...mark }),
    )
  }
}
