// Sections, groups and group sets of a course. Its public face: later features ask who is in which group.
import { groupRoutes, groupsScope, groupsStaffScope } from '#protocol/groups.ts'
import { demandMay, entitledSince, registerPlaceNames } from '#server/features/access/index.ts'
import { registerAuditNaming } from '#server/features/audit/index.ts'
import { registerConditionKind } from '#server/features/conditions/index.ts'
import {
  courseContext,
  registerCourseLeaving,
  registerCoursePart,
  registerPeopleWithin,
  registerSections,
} from '#server/features/courses/index.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { leaveGroups } from './actions/members.ts'
import { erasedJob, eraseMembers, mergedJob, mergeMembers } from './actions/merging.ts'
import { groupsPart } from './actions/part.ts'
import { httpHandlers } from './http.ts'
import { groupConditions, setConditions } from './queries/conditions.ts'
import { exportMembers, groupNames, groupsStaffState, groupsState, peopleIn } from './queries/groups.ts'
import { groupNaming, sectionsOf, setNaming } from './queries/names.ts'

export { placePeople } from './actions/members.ts'
export { supposeMember } from './actions/stand-in.ts'
export { groupsOf, groupsState } from './queries/groups.ts'
export { groupMembers, groupSets, groups } from './tables.ts'

registerPlaceNames('group', groupNames)
registerAuditNaming('group', groupNaming)
registerAuditNaming('group-set', setNaming)
registerSections(sectionsOf)
registerCourseLeaving(leaveGroups)
registerPeopleWithin(peopleIn)
registerCoursePart('groups', groupsPart)

registerConditionKind(groupConditions)
registerConditionKind(setConditions)

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
    stays: {
      'group_sets.removed_by': 'trail',
      'groups.removed_by': 'trail',
    },
    export: exportMembers,
    // An erased person takes no place from anybody.
    erase: eraseMembers,
    merge: mergeMembers,
  },
}
