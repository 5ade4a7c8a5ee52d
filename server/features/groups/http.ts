// The HTTP door of groups: asks for the right, then calls the action or query. Decides nothing else.
import { demand } from '#protocol/base/problems.ts'
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
import { getGroup, getSet, groupContext, listLines, ownGroups, previewFill } from './queries/groups.ts'
import { groupsOfCourse, groupsOfSet, leftFor, shutTo } from './queries/rights.ts'

interface OfCourse {
  readonly courseId: CourseId
}

interface OfGroup extends OfCourse {
  readonly groupId: GroupId
}

const demandManage = (ctx: Ctx, { courseId }: OfCourse) => demandMay(ctx, 'group.manage', courseContext(courseId))

// Who is given it in the group alone has it there; the course must be known to them all the same.
async function demandManageOne(ctx: Ctx, { courseId, groupId }: OfGroup): Promise<void> {
  await demandMay(ctx, 'course.view', courseContext(courseId))
  await demandMay(ctx, 'group.manage', groupContext(groupId))
}

/** Manages the course's groups, and each of these. */
async function demandManageEach(ctx: Ctx, of: OfCourse, groupIds: readonly GroupId[]): Promise<void> {
  await demandManage(ctx, of)
  demand((await shutTo(ctx, 'group.manage', groupIds)).length === 0)
}

const demandManageSet = async (ctx: Ctx, { courseId, setId }: OfCourse & { readonly setId: GroupSetId }) =>
  demandManageEach(ctx, { courseId }, await groupsOfSet(ctx, courseId, setId))

// A group of another course is not found, whatever one may do here.
async function demandJoin(ctx: Ctx, { courseId, groupId }: OfGroup): Promise<void> {
  await demandMay(ctx, 'course.view', courseContext(courseId))
  await getGroup(courseId, groupId)
  await demandMay(ctx, 'group.join', groupContext(groupId))
  const left = await leftFor(ctx, groupId, [accountOf(ctx.who)])
  demand((await shutTo(ctx, 'group.join', left)).length === 0)
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
    const all = await groupsOfCourse(ctx, courseId)
    return {
      groups: await ownGroups(ctx, courseId, accountOf(ctx.who)),
      shut: await shutTo(ctx, 'group.join', all),
      notManaged: await shutTo(ctx, 'group.manage', all),
    }
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
    await demandManageSet(ctx, input)
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
    await demandManageEach(
      ctx,
      input,
      input.places.map(one => one.groupId),
    )
    return { places: await fill(ctx, input) }
  },
  create: async (ctx, input) => {
    await demandManage(ctx, input)
    return { groups: await createGroups(ctx, input) }
  },
  change: async (ctx, input) => {
    await demandManageOne(ctx, input)
    return { group: await changeGroup(ctx, input) }
  },
  remove: async (ctx, input) => {
    await demandManageOne(ctx, input)
    await removeGroup(ctx, input)
    return {}
  },
  restore: async (ctx, input) => {
    await demandManageOne(ctx, input)
    await restoreGroup(ctx, input)
    return {}
  },
  place: async (ctx, input) => {
    await demandManageOne(ctx, input)
    for (const groupId of await leftFor(ctx, input.groupId, input.accountIds))
      await demandMay(ctx, 'group.manage', groupContext(groupId))
    await placePeople(ctx, input)
    return {}
  },
  takeOut: async (ctx, input) => {
    await demandMay(ctx, 'course.view', courseContext(input.courseId))
    for (const groupId of new Set(input.places.map(one => one.groupId)))
      await demandMay(ctx, 'group.manage', groupContext(groupId))
    await takeOut(ctx, input)
    return {}
  },
  lead: async (ctx, input) => {
    await demandManageOne(ctx, input)
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
