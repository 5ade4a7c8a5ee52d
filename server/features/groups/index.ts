// Sections, groups and group sets of a course. Its public face: later features ask who is in which group.
import * as z from 'zod/mini'
import { accountId } from '#protocol/base/ids.ts'
import { courseId } from '#protocol/courses.ts'
import { groupRoutes, groupsScope, groupsStaffScope } from '#protocol/groups.ts'
import { demandMay, entitledSince, registerPlaceNames } from '#server/features/access/index.ts'
import { registerConditionKind } from '#server/features/conditions/index.ts'
import { courseContext, registerCourseLeaving } from '#server/features/courses/index.ts'
import { bind, bindScope, type Feature, type JobBinding } from '#server/platform/feature.ts'
import { leaveGroups } from './actions/members.ts'
import { mergedJob, mergeMembers } from './actions/merging.ts'
import { httpHandlers } from './http.ts'
import { exportMembers, groupConditions, groupsStaffState, groupsState } from './queries.ts'

export { supposeMember } from './actions/stand-in.ts'
export { groupsOf, groupsState } from './queries.ts'
export { groupMembers, groupSets, groups } from './tables.ts'

registerPlaceNames('group', 'select id, name from groups where removed_at is null')
registerCourseLeaving(leaveGroups)

const leaving = z.object({ courseId, accountId })

/** A course each, since an action tells no more than a few audiences. */
const erasedJob: JobBinding = {
  name: 'groups.erased',
  run: async (ctx, data) => {
    const of = z.parse(leaving, data)
    await leaveGroups(ctx, of.courseId, [of.accountId])
  },
}

registerConditionKind(groupConditions)

export const groupsFeature: Feature = {
  name: 'groups',
  bindings: bind(groupRoutes, httpHandlers),
  scopes: [
    bindScope(groupsScope, {
      admit: (ctx, id) => demandMay(ctx, 'course.view', courseContext(id)),
      entry: (ctx, id) => entitledSince(ctx, 'course.view', courseContext(id)),
      snapshot: groupsState,
    }),
    bindScope(groupsStaffScope, {
      admit: (ctx, id) => demandMay(ctx, 'group.manage', courseContext(id)),
      entry: (ctx, id) => entitledSince(ctx, 'group.manage', courseContext(id)),
      snapshot: groupsStaffState,
    }),
  ],
  jobs: [erasedJob, mergedJob],
  account: {
    columns: ['group_members.account_id', 'group_sets.removed_by', 'groups.removed_by'],
    export: exportMembers,
    // An erased person takes no place from anybody.
    erase: async (ctx, id) => {
      const rows = await ctx.sql<{ courseId: string }>(
        `select distinct g.course_id as "courseId" from group_members m join groups g on g.id = m.group_id
          where m.account_id = $1`,
        [id],
      )
      for (const row of rows) await ctx.enqueue(erasedJob, { ...row, accountId: id })
    },
    merge: mergeMembers,
  },
}
