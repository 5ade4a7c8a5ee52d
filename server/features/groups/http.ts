// The HTTP door of groups: asks for the right, then calls the action or query. Decides nothing else.
import type { CourseId } from '#protocol/courses.ts'
import type { GroupId, GroupSetId, groupRoutes } from '#protocol/groups.ts'
import { demandMay, may } from '#server/features/access/index.ts'
import { readersTexts } from '#server/features/accounts/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { FileAnswer, type Handlers } from '#server/platform/feature.ts'
import { csvFile } from '#server/platform/http/csv.ts'
import { changeGroup, createGroups, removeGroup, restoreGroup } from './actions/groups.ts'
import { fill, join, lead, leave, placePeople, takeOut } from './actions/members.ts'
import { changeSet, cloneSet, createSet, removeSet, restoreSet } from './actions/sets.ts'
import { getGroup, getSet, listLines, ownGroups, previewFill } from './queries.ts'

const demandManage = (ctx: Ctx, { courseId }: { courseId: CourseId }) =>
  demandMay(ctx, 'group.manage', courseContext(courseId))

// A group of another course is not found, whatever one may do here.
async function demandJoin(ctx: Ctx, { courseId, groupId }: { courseId: CourseId; groupId: GroupId }): Promise<void> {
  await demandMay(ctx, 'course.view', courseContext(courseId))
  await getGroup(courseId, groupId)
  await demandMay(ctx, 'group.join', courseContext(courseId))
}

/** Group, name, leader; addresses for those who may see them, which are those who enrol. */
async function asCsv(ctx: Ctx, courseId: CourseId, setId: GroupSetId | null): Promise<string> {
  const texts = (await readersTexts(ctx)).groups
  const emails = await may(ctx, 'course.enrol', courseContext(courseId))
  const heads: string[] = [setId === null ? texts.section : texts.group, texts.name]
  if (emails) heads.push(texts.email)
  if (setId !== null) heads.push(texts.leader)
  const lines = (await listLines(ctx, courseId, setId)).map(one => [
    one.group,
    one.name ?? '',
    ...(emails ? [one.email ?? ''] : []),
    ...(setId === null ? [] : [one.leads ? texts.leader : '']),
  ])
  return csvFile([heads, ...lines])
}

export const httpHandlers: Handlers<typeof groupRoutes> = {
  mine: async (ctx, { courseId }) => {
    await demandMay(ctx, 'course.view', courseContext(courseId))
    return { groups: await ownGroups(ctx, courseId, accountOf(ctx.who)) }
  },
  createSet: async (ctx, input) => {
    await demandManage(ctx, input)
    return { set: await createSet(ctx, input) }
  },
  changeSet: async (ctx, input) => {
    await demandManage(ctx, input)
    return { set: await changeSet(ctx, input) }
  },
  removeSet: async (ctx, input) => {
    await demandManage(ctx, input)
    await removeSet(ctx, input)
    return {}
  },
  restoreSet: async (ctx, input) => {
    await demandManage(ctx, input)
    await restoreSet(ctx, input)
    return {}
  },
  cloneSet: async (ctx, input) => {
    await demandManage(ctx, input)
    return { set: await cloneSet(ctx, input) }
  },
  previewFill: async (ctx, input) => {
    await demandManage(ctx, input)
    const set = await getSet(input.courseId, input.setId)
    return previewFill(ctx, set, input.withinSections ? 'sections' : 'the course')
  },
  fill: async (ctx, input) => {
    await demandManage(ctx, input)
    return { places: await fill(ctx, input) }
  },
  create: async (ctx, input) => {
    await demandManage(ctx, input)
    return { groups: await createGroups(ctx, input) }
  },
  change: async (ctx, input) => {
    await demandManage(ctx, input)
    return { group: await changeGroup(ctx, input) }
  },
  remove: async (ctx, input) => {
    await demandManage(ctx, input)
    await removeGroup(ctx, input)
    return {}
  },
  restore: async (ctx, input) => {
    await demandManage(ctx, input)
    await restoreGroup(ctx, input)
    return {}
  },
  place: async (ctx, input) => {
    await demandManage(ctx, input)
    await placePeople(ctx, input)
    return {}
  },
  takeOut: async (ctx, input) => {
    await demandManage(ctx, input)
    await takeOut(ctx, input)
    return {}
  },
  lead: async (ctx, input) => {
    await demandManage(ctx, input)
    await lead(ctx, input)
    return {}
  },
  join: async (ctx, input) => {
    await demandJoin(ctx, input)
    await join(ctx, input)
    return {}
  },
  leave: async (ctx, input) => {
    await demandJoin(ctx, input)
    await leave(ctx, input)
    return {}
  },
  csv: async (ctx, input) => {
    const { courseId, setId = null } = input
    await demandManage(ctx, input)
    await demandMay(ctx, 'course.view-people', courseContext(courseId))
    if (setId !== null) await getSet(courseId, setId)
    return new FileAnswer('groups.csv', 'text/csv; charset=utf-8', await asCsv(ctx, courseId, setId))
  },
}
