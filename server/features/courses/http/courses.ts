// The HTTP door of courses: asks for the right, then calls the action or query. Decides nothing else.
import type { Input } from '#protocol/base/call.ts'
import { demand } from '#protocol/base/problems.ts'
import type { Capability } from '#protocol/base/roles.ts'
import type { copyRoutes } from '#protocol/courses/copy.ts'
import type { importRoutes } from '#protocol/courses/import.ts'
import type { lifeRoutes } from '#protocol/courses/life.ts'
import { courseThings, type logRoutes } from '#protocol/courses/log.ts'
import type { peopleRoutes } from '#protocol/courses/people.ts'
import type { resetRoutes } from '#protocol/courses/reset.ts'
import type { templateRoutes } from '#protocol/courses/templates.ts'
import { type CourseLife, type courseRoutes, isOver } from '#protocol/courses.ts'
import { countLookups, demandMay, demandMayGive, may, type StandingHere, site } from '#server/features/access/index.ts'
import { auditCsv, everyEntry, listActors, listEntries } from '#server/features/audit/index.ts'
import { departmentContext } from '#server/features/organisation/index.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { FileAnswer, type Handlers } from '#server/platform/feature.ts'
import { copyCourse, planCopy } from '../actions/copy.ts'
import { changeCourse, createCourse } from '../actions/courses.ts'
import { changeEnd } from '../actions/ends.ts'
import { importPeople, readPeople, rolesIn } from '../actions/import-people.ts'
import { renewJoinCode, switchOffJoinCode } from '../actions/join-code.ts'
import { changeState, removeCourse, restoreCourse } from '../actions/life.ts'
import {
  changeRole,
  courseByCode,
  endEnrolment,
  enrolByHand,
  lockedRole,
  prepareJoinByCode,
} from '../actions/people.ts'
import { countReset, resetCourse } from '../actions/reset.ts'
import { changeTemplate } from '../actions/templates.ts'
import { ownItems } from '../queries/audience.ts'
import { listBin } from '../queries/bin.ts'
import { courseContext, courseOf, getCourse } from '../queries/course.ts'
import { listEnrolmentsOf } from '../queries/enrolments-of.ts'
import { apartOf, itemRights, withChanged } from '../queries/item-rights.ts'
import { demandTaught, listCourses } from '../queries/lists.ts'
import { listPeople, listPeopleRoles } from '../queries/people-list.ts'
import { listedRoles } from '../queries/roles.ts'
import { getTemplate, listTemplates, mayUseTemplate } from '../queries/templates.ts'
import { mayLeaveAlone } from '../queries/way-out.ts'
import { demandOnePerson } from '../rules.ts'

export const importHandlers: Handlers<typeof importRoutes> = {
  importPeople: {
    prepare: async (ctx, input) => {
      const context = courseContext(input.courseId)
      await demandMay(ctx, 'course.enrol', context, 'writing')
      const { people, unused } = readPeople(input.list, await listedRoles(ctx, input.role))
      await demandMayGive(ctx, rolesIn(people), context)
      await countLookups(ctx, people.filter(one => one.error === null).length)
      return tx => importPeople(tx, { ...input, people, unused })
    },
  },
}

export const httpHandlers: Handlers<typeof courseRoutes> = {
  list: async (ctx, input) => {
    if (input.all) await demandMay(ctx, 'site.manage', site)
    return {
      ...(await listCourses(ctx, accountOf(ctx.who), input)),
      mayCreate: await may(ctx, 'course.create', site),
      maySeeAll: await may(ctx, 'site.manage', site),
    }
  },
  create: async (ctx, input) => {
    await demandMay(ctx, 'course.create', site)
    if (input.departmentId !== null) await demandMay(ctx, 'site.manage', site)
    return { course: await createCourse(ctx, input) }
  },
  get: async (ctx, { courseId }) => {
    const context = courseContext(courseId)
    const { role, capabilities } = await demandMay(ctx, 'course.view', context)
    const row = await getCourse(ctx, courseId)
    const mayMakeTemplate = await may(ctx, 'course.change', departmentContext(row.departmentId))
    const mayLeave = role === 'learner' && (await mayLeaveAlone(ctx, courseId, accountOf(ctx.who)))
    return { course: courseOf(row), role: role ?? null, capabilities: capabilities(), mayMakeTemplate, mayLeave }
  },
  mine: async (ctx, { courseId }) => {
    await demandMay(ctx, 'course.view', courseContext(courseId))
    const rights = await itemRights(ctx, courseId)
    const items = await ownItems(ctx, courseId, accountOf(ctx.who))
    return { items: await withChanged(courseId, items, rights), apart: apartOf(rights) }
  },
  change: async (ctx, input) => {
    await demandMay(ctx, 'course.change', courseContext(input.courseId))
    if (input.departmentId !== undefined) await demandMay(ctx, 'site.manage', site)
    return { course: await changeCourse(ctx, input) }
  },
}

/** Publishing and taking back are for those who publish; ending and opening again for those who conclude. */
const rightFor = (state: CourseLife, now: CourseLife): Capability =>
  isOver(state) || isOver(now) ? 'course.conclude' : 'course.publish'

export const lifeHandlers: Handlers<typeof lifeRoutes> = {
  changeState: async (ctx, input) => {
    const context = courseContext(input.courseId)
    await demandMay(ctx, 'course.view', context)
    const { state } = await getCourse(ctx, input.courseId)
    await demandMay(ctx, rightFor(input.state, state), context)
    return { course: await changeState(ctx, input) }
  },
  remove: async (ctx, { courseId }) => {
    await demandMay(ctx, 'course.remove', courseContext(courseId))
    await removeCourse(ctx, courseId)
    return {}
  },
  restore: async (ctx, { courseId }) => {
    await demandMay(ctx, 'course.remove', courseContext(courseId))
    return { course: await restoreCourse(ctx, courseId) }
  },
  bin: async (ctx, input) => {
    const which = (await may(ctx, 'site.manage', site)) ? 'all' : 'own'
    return listBin(ctx, accountOf(ctx.who), { ...input, which })
  },
}

/** Who came and went, and what learners did, is no change of the course. */
const noChanges = [
  'assignment.handed-in',
  'package.begun',
  'package.done',
  'glossary.entry-suggested',
  'glossary.suggestion-changed',
  'glossary.suggestion-removed',
  'glossary.suggestion-restored',
  'course.enrolled',
  'course.enrolment-ended',
  'course.enrolments-ended',
  'course.enrolment-end-changed',
  'course.enrolment-ends-changed',
  'course.role-changed',
  'course.people-imported',
  'course.people-looked-up',
  'group.placed',
  'group.taken-out',
  'group.leader-changed',
  'group-set.filled',
  'course.cohort-linked',
  'course.cohort-unlinked',
]

/** What the log tells `ctx.who`: where a meeting takes place to those who prepare it alone. */
async function logFilter(ctx: Ctx, { courseId, thing, ...rest }: Input<typeof logRoutes.logCsv>) {
  await demandMay(ctx, 'course.change', courseContext(courseId))
  const prepares = await may(ctx, 'content.change', courseContext(courseId), 'reading')
  const told = courseThings.filter(one => prepares || one !== 'meeting')
  const things = told.filter(one => thing === undefined || one === thing)
  return { filter: { ...rest, about: courseId, things, except: noChanges, inside: 'the course' as const }, told }
}

export const logHandlers: Handlers<typeof logRoutes> = {
  log: async (ctx, { limit, after, ...input }) => {
    const { filter, told } = await logFilter(ctx, input)
    const people = after === undefined ? await listActors(ctx, { ...filter, things: told }) : []
    return { ...(await listEntries(ctx, { ...filter, limit, after })), people }
  },
  logCsv: async (ctx, input) => {
    const { filter } = await logFilter(ctx, input)
    return new FileAnswer('course-log.csv', 'text/csv; charset=utf-8', auditCsv(await everyEntry(ctx, filter)))
  },
}

export const resetHandlers: Handlers<typeof resetRoutes> = {
  reset: async (ctx, { how, ...input }) => {
    // Who may take all of it away, and while it is not over.
    await demandMay(ctx, 'course.remove', courseContext(input.courseId))
    await demandMay(ctx, 'course.change', courseContext(input.courseId))
    return { counts: how === 'try' ? await countReset(ctx, input.courseId) : await resetCourse(ctx, input) }
  },
}

export const copyHandlers: Handlers<typeof copyRoutes> = {
  copy: async (ctx, { how, ...input }) => {
    // The old course is only read: one that is over can be copied. The bank comes along with its keys, of a template for
    // those who may use it.
    const prepares = !(await mayUseTemplate(ctx, input.courseId))
    for (const needed of ['content.change', 'activity.change'] as const)
      if (prepares) await demandMay(ctx, needed, courseContext(input.courseId), 'reading')
    await demandMay(ctx, 'course.create', site)
    const plan = await planCopy(ctx, input)
    if (how === 'try') return { course: null, ...plan }
    return { course: await copyCourse(ctx, input), ...plan }
  },
}

export const templateHandlers: Handlers<typeof templateRoutes> = {
  templates: listTemplates,
  template: async (ctx, { courseId }) => ({ template: await getTemplate(ctx, courseId) }),
  changeTemplate: async (ctx, input) => {
    await demandMay(ctx, 'course.view', courseContext(input.courseId))
    const { departmentId } = await getCourse(ctx, input.courseId)
    // What stands among the templates of a place is said by whoever may change all courses there, not by each course's own.
    await demandMay(ctx, 'course.change', departmentContext(departmentId))
    return { course: await changeTemplate(ctx, input) }
  },
}

/** Who holds what beside an enrolment is for staff. */
const seesGiven = (here: StandingHere): boolean =>
  here.may('course.enrol') || here.may('content.change') || here.may('grade.view-all')

export const peopleHandlers: Handlers<typeof peopleRoutes> = {
  people: async (ctx, { courseId, ...input }) => {
    const context = courseContext(courseId)
    const here = await demandMay(ctx, 'course.view-people', context)
    // Who is in which group is for those who manage them.
    if (input.groupId !== undefined) demand(here.may('group.manage'), 'not-allowed')
    const emails = here.may('course.enrol')
    return listPeople(ctx, courseId, input, { emails, given: seesGiven(here) })
  },
  peopleRoles: async (ctx, { courseId }) => {
    const here = await demandMay(ctx, 'course.view-people', courseContext(courseId))
    return listPeopleRoles(ctx, courseId, { given: seesGiven(here), mayEnrol: here.may('course.enrol') })
  },
  enrolmentsOf: async (ctx, input) => {
    await demandMay(ctx, 'account.manage', site)
    return listEnrolmentsOf(ctx, input)
  },
  enrol: {
    prepare: async (ctx, input) => {
      demandOnePerson(input)
      const context = courseContext(input.courseId)
      await demandMay(ctx, 'course.enrol', context, 'writing')
      await demandMayGive(ctx, [input.role], context)
      if (input.accountId === undefined) await countLookups(ctx, 1)
      else if (!(await may(ctx, 'site.manage', site))) await demandTaught(ctx, input.courseId, input.accountId)
      return tx => enrolByHand(tx, input)
    },
  },
  changeRole: async (ctx, input) => {
    const context = courseContext(input.courseId)
    await demandMay(ctx, 'course.enrol', context)
    await demandMayGive(ctx, [(await lockedRole(ctx, input)).key, input.role], context)
    await changeRole(ctx, input)
    return {}
  },
  endEnrolment: async (ctx, input) => {
    const context = courseContext(input.courseId)
    await demandMay(ctx, 'course.enrol', context)
    await demandMayGive(ctx, [(await lockedRole(ctx, input)).key], context)
    await endEnrolment(ctx, input)
    return {}
  },

  changeEnd: async (ctx, input) => {
    const context = courseContext(input.courseId)
    await demandMay(ctx, 'course.enrol', context)
    await demandMayGive(ctx, [(await lockedRole(ctx, input)).key], context)
    return changeEnd(ctx, input)
  },

  join: { prepare: async (ctx, { code }) => prepareJoinByCode(ctx, accountOf(ctx.who), code) },
  lookCode: async (ctx, { code }) => ({ title: (await courseByCode(ctx, code)).title }),
  getJoinCode: async (ctx, { courseId }) => {
    await demandMay(ctx, 'course.enrol', courseContext(courseId))
    return { joinCode: (await getCourse(ctx, courseId)).joinCode }
  },
  renewJoinCode: async (ctx, input) => {
    const context = courseContext(input.courseId)
    await demandMay(ctx, 'course.enrol', context)
    await demandMayGive(ctx, ['learner'], context)
    return { joinCode: await renewJoinCode(ctx, input) }
  },
  switchOffJoinCode: async (ctx, input) => {
    await demandMay(ctx, 'course.enrol', courseContext(input.courseId))
    await switchOffJoinCode(ctx, input)
    return {}
  },
}
