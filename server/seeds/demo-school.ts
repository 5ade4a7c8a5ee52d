// Fills a new database with the demo school: people, two courses, what was before and a class that stands open. Small for
// tests, with three weeks of history for visitors. Done once; everything goes through the product's own calls.
import type { CourseId } from '#protocol/courses.ts'
import { liveRoutes } from '#protocol/live.ts'
import { createMember, hashPassword } from '#server/features/accounts/index.ts'
import { changeRelease } from '#server/features/conditions/index.ts'
import { enrol, findItem } from '#server/features/courses/index.ts'
import type { RunningNode } from '#server/main.ts'
import type { Who } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { biology, pastClassActivities, pastTalk } from './biology.ts'
import { addEvents } from './calendar.ts'
import { addCohort } from './cohorts.ts'
import { buildCourse, type DemoCourse } from './course.ts'
import { showFinds } from './finds.ts'
import { addGroups } from './groups.ts'
import { daysBefore, later } from './history/calendar.ts'
import type { Cast } from './history/cast.ts'
import { heldClasses } from './history/classes.ts'
import { enrolmentsOf, fillHistory, type HistoryPlan, planOf } from './history/history.ts'
import { homeworks } from './history/homework.ts'
import type { Person } from './history/timeline.ts'
import { addLesson } from './lesson.ts'
import { playClass } from './past-class.ts'
import { absentee, administrator, assistant, type DemoMember, demoPassword, instructor, learners } from './people.ts'
import { safety } from './safety.ts'

type Node = Pick<RunningNode, 'as'>

export interface DemoOptions {
  /** Three weeks of it; without, one class that has just been held. */
  readonly history?: HistoryPlan | undefined
}

/** Fills the school; answers the code of the class that stands open. */
export async function seedDemo(node: Node, { history }: DemoOptions = {}): Promise<{ code: string | null }> {
  const began = history && daysBefore(history.now, planOf(history).firstDay, 9)
  const cast = await addPeople(node, began)
  const builder: Who = { ...cast.teacher, siteRole: 'administrator' }
  const built = began && later(began, 3_600)
  const first = await buildCourse(node.as(builder, built), history ? withHistory(biology) : biology)
  const second = await buildCourse(node.as(builder, built && later(built, 1_500)), safety)
  const enrolledAt = history && enrolmentsOf(history, cast.learners)
  const courseIds = [first.courseId, second.courseId]
  const enrolAll = (person: Person, role: 'instructor' | 'assistant' | 'learner', at: Date | undefined) =>
    node.as(cast.administrator, at).act(async ctx => {
      for (const courseId of courseIds)
        await enrol(ctx, { courseId, accountId: person.accountId, role, how: 'by hand' })
    })
  await enrolAll(cast.teacher, 'instructor', built && later(built, 2_400))
  await enrolAll(cast.assistant, 'assistant', built && later(built, 2_460))
  for (const [index, learner] of cast.learners.entries()) await enrolAll(learner, 'learner', enrolledAt?.[index])

  await addGroups(node.as(cast.teacher, history?.now), first.courseId, cast.learners)
  await addEvents(node.as(cast.teacher, history?.now), first.courseId, history?.now ?? new Date())

  const chosen = (activities: ReadonlyMap<string, string>, titles: readonly string[]) =>
    titles.map(title => {
      const id = activities.get(title)
      if (!id) throw new Error(`The demo course has no ${title}`)
      return id as never
    })
  if (history) await addLesson(node, second.courseId, cast, history.now)
  if (history) await addCohort(node.as(cast.administrator, began))
  if (history && enrolledAt) await fillHistory(node, history, { cast, first, second, enrolledAt })
  else
    await playClass({
      node,
      courseId: first.courseId,
      title: 'The cell: first class',
      activityIds: chosen(first.activities, pastClassActivities),
      host: cast.teacher,
      learners: cast.learners.filter(who => who.name !== absentee.name),
      talk: pastTalk,
    })
  if (history) {
    const [learner] = cast.learners
    await showFinds(node, history.now, { courseId: first.courseId, teacher: cast.teacher, learner })
  }
  await holdBack(node, cast.teacher, first)
  const open = await node.as(cast.teacher).call(liveRoutes.start, {
    courseId: second.courseId,
    title: 'Welcome round',
    activityIds: chosen(second.activities, ['Are you ready for day one?']),
  })
  return { code: open.code }
}

/** The last text of the first course waits for the one before it: one goes on when one has read that. */
async function holdBack(
  node: Node,
  teacher: Person,
  { courseId, pageIds }: { courseId: CourseId; pageIds: readonly string[] },
): Promise<void> {
  await node.as(teacher).act(async ctx => {
    const [before, last] = await Promise.all(pageIds.slice(-2).map(refId => findItem(ctx, { kind: 'page', refId })))
    if (!before || !last) throw new Error('The first course has fewer than two pages')
    await changeRelease(ctx, {
      ...{ courseId, subject: 'item', subjectId: last.id, version: 0 },
      ...{ from: null, until: null, hidden: false },
      tree: { op: 'all', of: [{ kind: 'completion', itemId: before.id, is: 'done' }] },
    })
  })
}

/** Makes the accounts, a minute after each other when it was long ago. */
async function addPeople(node: Node, began: Date | undefined): Promise<Cast> {
  const passwordHash = await hashPassword(demoPassword)
  let made = 0
  const add = async (member: DemoMember): Promise<Person> => {
    const at = began && later(began, 60 * made++)
    const row = await node
      .as({ kind: 'nobody' }, at)
      .act(ctx => createMember(ctx, { ...member, passwordHash, timeZone: 'Europe/Berlin' }))
    return { kind: 'account', accountId: row.id, sessionId: newId(), siteRole: row.siteRole, name: row.name }
  }
  const teacher = await add(instructor)
  const helper = await add(assistant)
  const learning: Person[] = []
  for (const learner of learners) learning.push(await add(learner))
  const admin = await add(administrator)
  return { teacher, assistant: helper, administrator: admin, learners: learning as [Person, ...Person[]] }
}

/** The course with what its classes and homework asked, in the place of the one class of the small school. */
function withHistory(course: DemoCourse): DemoCourse {
  return {
    ...course,
    modules: course.modules.map((part, index) => ({
      ...part,
      activities: [
        ...heldClasses.filter(held => held.module === index).flatMap(held => held.activities),
        ...homeworks.filter(one => one.module === index).map(one => one.activity),
        ...part.activities.filter(one => !pastClassActivities.includes(one.title as never)),
      ],
    })),
  }
}
