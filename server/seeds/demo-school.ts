// Fills a new embedded database with the demo school: people, two courses, a graded past class and a class that stands
// open. Done once; everything goes through the product's own calls.
import { liveRoutes } from '#protocol/live.ts'
import { createMember, hashPassword } from '#server/features/accounts/index.ts'
import { enrol } from '#server/features/courses/index.ts'
import type { RunningNode } from '#server/main.ts'
import type { Who } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { biology, pastClassActivities, pastTalk } from './biology.ts'
import { buildCourse } from './course.ts'
import { playClass } from './past-class.ts'
import { absentee, administrator, assistant, type DemoMember, demoPassword, instructor, learners } from './people.ts'
import { safety } from './safety.ts'

/** Fills the school; answers the code of the class that stands open. */
export async function seedDemo(node: Pick<RunningNode, 'as'>): Promise<{ code: string | null }> {
  const system = node.as({ kind: 'nobody' })
  const passwordHash = await hashPassword(demoPassword)
  const people = new Map<string, Who>()
  const add = async (member: DemoMember): Promise<Who> => {
    const row = await system.act(ctx => createMember(ctx, { ...member, passwordHash, timeZone: 'Europe/Berlin' }))
    const who: Who = {
      kind: 'account',
      accountId: row.id,
      sessionId: newId(),
      siteRole: row.siteRole,
      name: row.name,
    }
    people.set(member.email, who)
    return who
  }
  const idOf = (who: Who) => {
    if (who.kind === 'nobody') throw new Error('The demo school enrols people only')
    return who.accountId
  }

  const teacher = await add(instructor)
  const helper = await add(assistant)
  const learning: Who[] = []
  for (const learner of learners) learning.push(await add(learner))
  const admin = await add(administrator)

  const builder = { ...teacher, siteRole: 'administrator' } as Who
  const first = await buildCourse(node.as(builder), biology)
  const second = await buildCourse(node.as(builder), safety)
  await node.as(admin).act(async ctx => {
    for (const { courseId } of [first, second]) {
      await enrol(ctx, { courseId, accountId: idOf(teacher), role: 'instructor', how: 'by hand' })
      await enrol(ctx, { courseId, accountId: idOf(helper), role: 'assistant', how: 'by hand' })
    }
  })
  for (const learner of learning) {
    await node.as(admin).act(async ctx => {
      for (const { courseId } of [first, second])
        await enrol(ctx, { courseId, accountId: idOf(learner), role: 'learner', how: 'by hand' })
    })
  }

  const chosen = (activities: ReadonlyMap<string, string>, titles: readonly string[]) =>
    titles.map(title => {
      const id = activities.get(title)
      if (!id) throw new Error(`The demo course has no ${title}`)
      return id as never
    })
  await playClass({
    node,
    courseId: first.courseId,
    title: 'The cell: first class',
    activityIds: chosen(first.activities, pastClassActivities),
    host: teacher,
    learners: learning.filter(who => who !== people.get(absentee.email)),
    talk: pastTalk,
  })
  const open = await node.as(teacher).call(liveRoutes.start, {
    courseId: second.courseId,
    title: 'Welcome round',
    activityIds: chosen(second.activities, ['Are you ready for day one?']),
  })
  return { code: open.code }
}
