// Two sections and the project groups of the first demo course: partly filled, so that there is something to see and
// something to sign up for.
import type { CourseId } from '#protocol/courses.ts'
import { groupRoutes } from '#protocol/groups.ts'
import type { Insider } from '#server/main.ts'
import type { Person } from './history/timeline.ts'

/** How many sit in each of the five groups; two places are left in some. */
const sizes = [4, 3, 5, 2, 0] as const
const mostInGroup = 5

/** Makes them as the course's instructor. The first half of the learners is in one section, the second in the other. */
export async function addGroups(as: Insider, courseId: CourseId, learners: readonly Person[]): Promise<void> {
  const place = async (groupId: string | undefined, people: readonly Person[]) => {
    if (groupId !== undefined && people.length > 0)
      await as.call(groupRoutes.place, { courseId, groupId, accountIds: people.map(one => one.accountId) })
  }
  const names = ['Monday lab', 'Thursday lab']
  const { groups: sections } = await as.call(groupRoutes.create, { courseId, names })
  const half = Math.ceil(learners.length / 2)
  await place(sections[0]?.id, learners.slice(0, half))
  await place(sections[1]?.id, learners.slice(half))
  const words = { name: 'Project groups', signUp: 'learners' as const, most: mostInGroup }
  const { set } = await as.call(groupRoutes.createSet, { courseId, ...words })
  const five = sizes.map((_, index) => `Group ${index + 1}`)
  const { groups } = await as.call(groupRoutes.create, { courseId, setId: set.id, names: five })
  let next = 0
  for (const [index, size] of sizes.entries()) {
    await place(groups[index]?.id, learners.slice(next, next + size))
    next += size
  }
}
