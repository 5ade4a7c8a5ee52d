// Courses: the course, its modules, the items other features place in it, and who is in it. Its public face; later
// features place their things here and never write these tables.
import { copyRoutes } from '#protocol/courses/copy.ts'
import { importRoutes } from '#protocol/courses/import.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { logRoutes } from '#protocol/courses/log.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { resetRoutes } from '#protocol/courses/reset.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { templateRoutes } from '#protocol/courses/templates.ts'
import { courseRoutes, courseScope } from '#protocol/courses.ts'
import { demandMay, entitledSince, registerGranted, registerPlaceNames } from '#server/features/access/index.ts'
import { registerInvitationEffect, registerMeeting } from '#server/features/accounts/index.ts'
import { registerAuditNaming } from '#server/features/audit/index.ts'
import { registerStanding } from '#server/features/organisation/index.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { endsJob, lookForEnds } from './actions/ends.ts'
import { invitationIntoCourse } from './actions/invitation.ts'
import { mergedJob, mergeEnrolments } from './actions/merging.ts'
import { outlinePart } from './actions/outline-part.ts'
import { registerCoursePart } from './actions/parts.ts'
import {
  copyHandlers,
  httpHandlers,
  importHandlers,
  lifeHandlers,
  logHandlers,
  peopleHandlers,
  resetHandlers,
  templateHandlers,
} from './http/courses.ts'
import { outlineHandlers } from './http/outline.ts'
import {
  countCourses,
  courseContext,
  courseNames,
  courseStaffState,
  courseState,
  courseTitles,
  exportEnrolments,
  itemNames,
  itemTitles,
  moduleTitles,
  placedThings,
  placedTitles,
} from './queries/course.ts'
import { metInCourses } from './queries/meeting.ts'
import { registerTodaySource, todayItems } from './queries/today.ts'

export { type CourseCompanion, registerCourseCompanion } from './actions/companions.ts'
export { makeCourse, partDates, planDates, takeCourse } from './actions/copy.ts'
export { createCourse } from './actions/courses.ts'
export {
  type CourseDates,
  type DatedThings,
  registerCourseDates,
  registerWindows,
  type Window,
  type Windows,
} from './actions/dates.ts'
export { changeEnds } from './actions/ends.ts'
export { registerOutlineGuard } from './actions/guards.ts'
export { changeItem, hideUntilOpen, lockCourse, placeItem, removeItem, restoreItem } from './actions/items.ts'
export { type CourseLeaving, registerCourseLeaving } from './actions/leaving.ts'
export { closedBecause, endEnrolments, enrolMany } from './actions/many.ts'
export { hideModuleUntilOpen } from './actions/modules.ts'
export {
  bytesIn,
  type CourseDate,
  type CourseMaking,
  type CoursePart,
  type CourseParts,
  countParts,
  courseParts,
  type PartBytes,
  registerCoursePart,
} from './actions/parts.ts'
export { endEnrolment, enrol } from './actions/people.ts'
export { registerCourseRenamed } from './actions/renamed.ts'
export { type CourseReset, registerCourseReset } from './actions/reset.ts'
export { registerCourseShut, tellCourseShut } from './actions/shut.ts'
export { supposeEnrolment } from './actions/stand-in.ts'
export { registerComing } from './actions/templates.ts'
export { hiddenItems, type ItemAudience, ownItems, registerItemAudience } from './queries/audience.ts'
export {
  type CalendarSource,
  calendarSources,
  registerCalendarSource,
} from './queries/calendar.ts'
export { courseContext, findItem, getCourse, listMemberIds, standingRefs } from './queries/course.ts'
export {
  demandItems,
  demandThing,
  itemContext,
  itemRights,
  sightOfItem,
  type ThingOf,
  thingContext,
} from './queries/item-rights.ts'
export { type CourseOfPerson, coursesOf, type MayThere, ownCourses } from './queries/of-person.ts'
export { type EnrolledKey, type ListedRole, type ListedRoles, listedRoles } from './queries/roles.ts'
export { type RunningThings, registerRunning } from './queries/running.ts'
export { type ItemStands, registerItemReady, registerItemStands } from './queries/standing.ts'
export { registerTodaySource, type TodaySource, todaySources } from './queries/today.ts'
export { registerWayOut } from './queries/way-out.ts'
export { type PeopleWithin, registerPeopleWithin } from './queries/within.ts'
export { courses, enrolments, items, modules } from './tables.ts'

registerCoursePart('courses', outlinePart)

export { registerSections, type SectionsOf } from './queries/enrolments-of.ts'

registerTodaySource(todayItems)
registerPlaceNames('course', courseNames)
registerGranted('course', (ctx, id) => ctx.announce(courseStaffScope, id, { kind: 'roleChanged', body: {} }))
registerPlaceNames('item', itemNames)
registerInvitationEffect(invitationIntoCourse)
registerMeeting(metInCourses)
registerStanding(countCourses)
registerAuditNaming('course', courseTitles)
registerAuditNaming('module', moduleTitles)
registerAuditNaming('item', itemTitles)
// Whatever stands in a course as an item is called as its item is; a class of the trail is called a run.
for (const kind of placedThings) registerAuditNaming(kind === 'class' ? 'run' : kind, placedTitles(kind))

export const coursesFeature: Feature = {
  name: 'courses',
  bindings: [
    ...bind(courseRoutes, httpHandlers),
    ...bind(lifeRoutes, lifeHandlers),
    ...bind(copyRoutes, copyHandlers),
    ...bind(templateRoutes, templateHandlers),
    ...bind(logRoutes, logHandlers),
    ...bind(resetRoutes, resetHandlers),
    ...bind(outlineRoutes, outlineHandlers),
    ...bind(peopleRoutes, peopleHandlers),
    ...bind(importRoutes, importHandlers),
  ],
  scopes: [
    bindScope(courseScope, {
      admit: (ctx, id) => demandMay(ctx, 'course.view', courseContext(id)),
      entry: (ctx, id) => entitledSince(ctx, 'course.view', courseContext(id)),
      snapshot: courseState,
    }),
    bindScope(courseStaffScope, {
      admit: (ctx, id) => demandMay(ctx, 'content.change', courseContext(id)),
      entry: (ctx, id) => entitledSince(ctx, 'content.change', courseContext(id)),
      snapshot: courseStaffState,
    }),
  ],
  jobs: [mergedJob, endsJob],
  account: {
    columns: ['enrolments.account_id', 'courses.removed_by', 'modules.removed_by', 'items.removed_by'],
    stays: {
      'enrolments.account_id': 'record',
      'courses.removed_by': 'trail',
      'modules.removed_by': 'trail',
      'items.removed_by': 'trail',
    },
    export: exportEnrolments,
    // Who was in a course stays a fact about the course; the name is erased where it stands, with the account.
    erase: async () => undefined,
    merge: mergeEnrolments,
  },
  tickers: [{ name: 'courses.ends', everyMs: 60_000, run: lookForEnds }],
}
