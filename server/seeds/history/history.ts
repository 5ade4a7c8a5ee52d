// Three weeks of a living school: classes, homework, forum, talk and notes, played through real actions as people at past
// times. The same seed and moment make the same school.
import { progressCalls } from '#protocol/progress.ts'
import { findCourseChannel } from '#server/features/channels/index.ts'
import { findRunNote, notes } from '#server/features/notes/index.ts'
import { dice } from '../dice.ts'
import { noteAssignment } from './assignment.ts'
import { daysBefore, lastMeetings, later } from './calendar.ts'
import { type Cast, finder, firstNameOf, type TaughtCourse } from './cast.ts'
import { heldClasses, skills } from './classes.ts'
import { forumTopics } from './forum.ts'
import { homeworks, noteHomework } from './homework.ts'
import { classNotes, courseNote } from './notes.ts'
import { type ClassPlayed, noteClass } from './play-class.ts'
import { noteForum } from './play-forum.ts'
import { noteStrokes } from './play-notes.ts'
import { noteConversations, noteSaid, readAlong } from './play-words.ts'
import { chatter } from './talk.ts'
import { type Node, type Room, Timeline } from './timeline.ts'
import { announced, announcedLately, courseTalk } from './words.ts'

/** How much of it there is; less for those who only want to see that it works. */
export interface HistoryAmount {
  /** Up to six. */
  readonly classes: number
  /** Messages in the chat of the second course. */
  readonly messages: number
  /** Topics of the forum beside the long one. */
  readonly topics: number
}

export const wholeHistory: HistoryAmount = { classes: heldClasses.length, messages: 12_000, topics: forumTopics.length }

export interface HistoryPlan {
  readonly now: Date
  readonly seed: string
  readonly amount: HistoryAmount
}

/** How many days ago the classes were, and the day on which the school began. */
export function planOf({ now }: Pick<HistoryPlan, 'now'>): { classDays: number[]; firstDay: number } {
  // A class counts once its day is over, so that what was said in its evening is the past as well.
  const classDays = lastMeetings(now, ['Tue', 'Thu'], 23.5, heldClasses.length)
  return { classDays, firstDay: (classDays[0] ?? 20) + 3 }
}

/** Who came into biology after its first day. */
const newcomer = 'Quentin'

/** When each learner comes into the courses: on the first day, and one of them after the second class. */
export function enrolmentsOf(plan: HistoryPlan, learners: readonly { readonly name: string }[]): Date[] {
  const { classDays, firstDay } = planOf(plan)
  return learners.map((learner, index) =>
    firstNameOf(learner) === newcomer
      ? daysBefore(plan.now, (classDays[1] ?? 0) - 1, 8.9)
      : later(daysBefore(plan.now, firstDay, 11.2), index * 47),
  )
}

/** Plays it all. The courses stand, the people are in them. */
export async function fillHistory(
  node: Node,
  plan: HistoryPlan,
  school: {
    readonly cast: Cast
    readonly first: TaughtCourse
    readonly second: TaughtCourse
    readonly enrolledAt: readonly Date[]
  },
): Promise<void> {
  const { now, seed, amount } = plan
  const { cast, first, second, enrolledAt } = school
  const { classDays, firstDay } = planOf(plan)
  const timeline = new Timeline(node)
  const system = node.as({ kind: 'nobody' })
  const roomOf = async (
    { courseId }: TaughtCourse,
    form: 'chat' | 'forum' | 'announcements',
  ): Promise<Required<Room>> => {
    const channel = await system.act(ctx => findCourseChannel(ctx, courseId, form))
    if (!channel) throw new Error(`A course has no ${form}`)
    return { id: channel.id }
  }
  const enrolledBy = (at: Date) => cast.learners.filter((_, index) => (enrolledAt[index] ?? now) < at)

  const played = heldClasses.slice(0, amount.classes).map((held, index) => {
    const beginsAt = daysBefore(now, classDays[index] ?? 0, 10)
    const endsAt = later(beginsAt, 50 * 60)
    const klass = noteClass({
      timeline,
      cast,
      course: first,
      held,
      beginsAt,
      endsAt,
      enrolled: enrolledBy(beginsAt),
      seed,
    })
    return { klass, beginsAt, endsAt }
  })
  noteNotes(timeline, cast, first, played)
  if (amount.classes === heldClasses.length) {
    const [past, open] = homeworks
    const dayOf = (index: number, hours: number) => daysBefore(now, classDays[index] ?? 0, hours)
    const parts = { timeline, cast, course: first, now, seed }
    const [given, due] = [dayOf(3, 11.2), dayOf(4, 8)]
    noteHomework({ ...parts, given: past, givenAt: given, dueAt: due, enrolled: enrolledBy(given) })
    noteHomework({
      ...parts,
      given: open,
      givenAt: dayOf(4, 10.7),
      dueAt: daysBefore(now, -2, 20),
      enrolled: cast.learners,
    })
    noteAssignment({ timeline, cast, course: first, now })
    const words = { timeline, cast, now, classDays }
    const announcements = await roomOf(first, 'announcements')
    noteSaid(words, announcements, announced)
    // Always from yesterday, so that whoever looks around finds something new.
    timeline.say({ at: daysBefore(now, 1, 16.4), who: cast.teacher, room: announcements, ...announcedLately })
    noteSaid(words, await roomOf(first, 'chat'), courseTalk)
    noteConversations(words)
  }
  notePages(timeline, cast, first, played, seed)
  const forumId = (await roomOf(first, 'forum')).id
  noteForum({ timeline, cast, forumId, now, classDays, seed, topics: amount.topics })
  const people = [cast.assistant, ...cast.learners.filter(one => firstNameOf(one) !== newcomer)] as const
  const room = await roomOf(second, 'chat')
  for (const line of chatter(
    { people, room, chance: dice(`${seed}/chat`) },
    now,
    Math.min(21, firstDay - 1),
    amount.messages,
  ))
    timeline.say(line)

  await timeline.play()
  await readAlong({ timeline, cast, now, classDays }, seed)
}

type Held = { readonly klass: ClassPlayed; readonly beginsAt: Date; readonly endsAt: Date }

function noteNotes(timeline: Timeline, cast: Cast, course: TaughtCourse, played: readonly Held[]): void {
  const called = finder(cast)
  const system = timeline.node.as({ kind: 'nobody' })
  const found = (id: string | undefined): string => {
    if (!id) throw new Error('A note is missing')
    return id
  }
  for (const [index, { klass, beginsAt }] of played.entries()) {
    const noteId = async () => found(await system.act(ctx => findRunNote(ctx, klass.runId ?? '')))
    const strokes = (classNotes[index] ?? []).map(one => ({ ...one, at: later(beginsAt, one.minute * 60 + 20) }))
    noteStrokes(timeline, { noteId, called, key: `class ${index}` }, strokes)
  }
  const noteId = async () => {
    const row = await notes.findOne({ where: { courseId: course.courseId, runId: null }, raw: true })
    return found(row?.id)
  }
  const strokes = courseNote.flatMap(one => {
    const after = played[one.after - 1]
    return after ? [{ ...one, at: later(after.beginsAt, one.minute * 60) }] : []
  })
  noteStrokes(timeline, { noteId, called, key: 'course' }, strokes)
}

/** Most read the pages before the class they are for; the better somebody is, the more of them. */
function notePages(timeline: Timeline, cast: Cast, course: TaughtCourse, played: readonly Held[], seed: string): void {
  for (const [index, pageId] of course.pageIds.entries()) {
    const klass = played[index]
    if (!klass) continue
    for (const person of cast.learners) {
      const chance = dice(`${seed}/page ${index}/${person.name}`)
      const at = later(klass.beginsAt, -3_600 * (1 + 13 * chance.next()))
      const joins = firstNameOf(person) !== newcomer || index > 1
      if (joins && chance.chance(0.25 + 0.7 * (skills[firstNameOf(person)] ?? 0.72)))
        timeline.at(at, () =>
          timeline.node.as(person, at).call(progressCalls.readPage, { courseId: course.courseId, pageId }),
        )
    }
  }
}
