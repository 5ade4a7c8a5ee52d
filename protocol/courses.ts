// Courses on the wire: the course, its modules, the items placed in them, and its people. What learners may not see
// yet (drafts, head counts) travels in the staff scope alone, never in the course scope; the join code, which lets people
// in, travels in no scope: assistants hear the staff's, and only those who may enrol may know the code.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from './base/call.ts'
import { accountId, email, idSchema, instant, line, nothing, text, version } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'
import { capability, courseRole } from './base/roles.ts'
import { defineScope, type EventMeta, type EventOf } from './base/scope.ts'

export const courseId = idSchema<'Course'>()
export type CourseId = z.infer<typeof courseId>

export const moduleId = idSchema<'Module'>()
export type ModuleId = z.infer<typeof moduleId>

export const itemId = idSchema<'Item'>()
export type ItemId = z.infer<typeof itemId>

/** Letters and digits of a course's join code: none that is mistaken for another when read aloud or from a wall. */
export const courseCodeAlphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
/** A course's code is longer than a class's, so that one field can take either. */
export const courseCodeLength = 8

/** What a person typed as a code: case, spaces and hyphens do not matter. */
export const readCode = (typed: string): string => typed.toUpperCase().replace(/[^0-9A-Z]/g, '')

export const course = z.object({
  id: courseId,
  title: z.string(),
  /** A few letters that people say, such as "BIO 101"; may be empty. */
  shortName: z.string(),
  summary: z.string(),
  /** IANA name; date-only deadlines are computed in it. */
  timeZone: z.string(),
  version,
})
export type Course = z.infer<typeof course>

export const courseModule = z.object({ id: moduleId, title: z.string(), position: z.string(), version })
export type CourseModule = z.infer<typeof courseModule>

/** Small facts a kind shows beside its title, such as `dueAt`; nothing that gives an answer away. */
export const itemDetail = z.record(z.string(), z.unknown())
export type ItemDetail = z.infer<typeof itemDetail>

/** One line of a course home. `kind` and `refId` name the thing it stands for: a page, an activity, a class. */
export const courseItem = z.object({
  id: itemId,
  moduleId: z.nullable(moduleId),
  kind: z.string(),
  refId: z.uuid(),
  title: z.string(),
  /** Compared as plain text; ties go by id. A move writes one row. */
  position: z.string(),
  published: z.boolean(),
  /** What is going on: 'live', 'open', 'ended'; the kind's own words are allowed. */
  badge: z.nullable(z.string()),
  detail: itemDetail,
  version,
})
export type CourseItem = z.infer<typeof courseItem>

/** A course in a person's list. */
export const courseCard = z.object({
  ...course.shape,
  /** Absent for an administrator who looks at a course without being in it. */
  role: z.nullable(courseRole),
  live: z.boolean(),
})
export type CourseCard = z.infer<typeof courseCard>

export const coursePerson = z.object({
  accountId,
  name: z.string(),
  /** Only for staff. */
  email: z.nullable(z.string()),
  kind: z.enum(['member', 'guest']),
  role: courseRole,
  how: z.enum(['by hand', 'join code', 'invitation']),
  at: instant,
})
export type CoursePerson = z.infer<typeof coursePerson>

// --- the course scope -------------------------------------------------------------------------------------------

const courseState = z.object({ course, modules: z.array(courseModule), items: z.array(courseItem) })
export type CourseState = z.infer<typeof courseState>

const courseFeeds = {
  courseChanged: z.object({ course }),
  /** Also a module that was brought back, with what it holds. */
  moduleCreated: z.object({ module: courseModule, items: z.array(courseItem) }),
  moduleChanged: z.object({ module: courseModule }),
  moduleRemoved: z.object({ id: moduleId }),
  itemPlaced: z.object({ item: courseItem }),
  itemChanged: z.object({ item: courseItem }),
  itemRemoved: z.object({ id: itemId }),
}

interface Placed {
  readonly id: string
  readonly position: string
}

/** The order of modules and of items: by position as plain text, then by id. */
export const byPosition = (a: Placed, b: Placed): number =>
  a.position < b.position ? -1 : a.position > b.position ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0

const without = <T extends { id: string }>(list: readonly T[], id: string): T[] => list.filter(one => one.id !== id)

const withOne = <T extends Placed>(list: readonly T[], one: T): T[] => [...without(list, one.id), one].sort(byPosition)

const withAll = <T extends Placed>(list: readonly T[], more: readonly T[]): T[] =>
  more.reduce<T[]>((all, one) => withOne(all, one), [...list])

/** Folds one event into what everybody in the course sees. Pure. */
export function applyToCourse(state: CourseState, event: EventOf<typeof courseFeeds> & EventMeta): CourseState {
  switch (event.kind) {
    case 'courseChanged':
      return { ...state, course: event.body.course }
    case 'moduleCreated':
      return {
        ...state,
        modules: withOne(state.modules, event.body.module),
        items: withAll(state.items, event.body.items),
      }
    case 'moduleChanged':
      return { ...state, modules: withOne(state.modules, event.body.module) }
    case 'moduleRemoved': {
      const { id } = event.body
      return {
        ...state,
        modules: without(state.modules, id),
        items: state.items.filter(item => item.moduleId !== id),
      }
    }
    case 'itemPlaced':
    case 'itemChanged':
      return { ...state, items: withOne(state.items, event.body.item) }
    case 'itemRemoved':
      return { ...state, items: without(state.items, event.body.id) }
  }
}

/** Everyone who may view the course. Published items only, and only those that are for everybody. */
export const courseScope = defineScope({
  name: 'course',
  state: courseState,
  feeds: courseFeeds,
  fleeting: {},
  apply: applyToCourse,
})

// --- the staff's scope ------------------------------------------------------------------------------------------

const courseStaffState = z.object({
  /** Items that not everybody sees, in modules that are not removed: those not published, and those for some. */
  drafts: z.array(courseItem),
  people: z.int(),
})
export type CourseStaffState = z.infer<typeof courseStaffState>

const courseStaffFeeds = {
  draftPlaced: z.object({ item: courseItem }),
  draftChanged: z.object({ item: courseItem }),
  /** Removed, or released into the course scope. */
  draftRemoved: z.object({ id: itemId }),
  draftsOfModuleRemoved: z.object({ moduleId }),
  draftsOfModuleRestored: z.object({ items: z.array(courseItem) }),
  /** People came (1) or went (-1); a number to add, so that nobody counts a large course at each arrival. */
  peopleChanged: z.object({
    by: z.int(),
    /** Who came. */
    accountIds: z.optional(z.array(accountId)),
  }),
  /** A role changed: a list of people on screen is read again. */
  roleChanged: z.object({ accountId, role: courseRole }),
  /** A mark only: those who may know the code ask for it. */
  joinCodeChanged: z.object({}),
}

/** Folds one event into what the course's staff see beside the course. Pure. */
export function applyToCourseStaff(
  state: CourseStaffState,
  event: EventOf<typeof courseStaffFeeds> & EventMeta,
): CourseStaffState {
  switch (event.kind) {
    case 'draftPlaced':
    case 'draftChanged':
      return { ...state, drafts: withOne(state.drafts, event.body.item) }
    case 'draftRemoved':
      return { ...state, drafts: without(state.drafts, event.body.id) }
    case 'draftsOfModuleRemoved': {
      const gone = event.body.moduleId
      return { ...state, drafts: state.drafts.filter(item => item.moduleId !== gone) }
    }
    case 'draftsOfModuleRestored':
      return { ...state, drafts: withAll(state.drafts, event.body.items) }
    case 'peopleChanged':
      return { ...state, people: state.people + event.body.by }
    case 'roleChanged':
    case 'joinCodeChanged':
      return state
  }
}

/** Those who may change the course's content. */
export const courseStaffScope = defineScope({
  name: 'course-staff',
  state: courseStaffState,
  feeds: courseStaffFeeds,
  fleeting: {},
  apply: applyToCourseStaff,
})

// --- routes -----------------------------------------------------------------------------------------------------

const title = line(200)
const shortName = text(40)
const summary = text(2_000)
const timeZone = line(64)
const inCourse = { courseId }
const ofModule = { courseId, moduleId }
const ofItem = { courseId, itemId }
const ofPerson = { courseId, accountId }

/** Where a moved thing goes: before the one named, or to the end when absent. */
const beforeModule = z.optional(z.nullable(moduleId))
const beforeItem = z.optional(z.nullable(itemId))

export const courseRoutes = defineRoutes('courses', {
  /** The courses a person is in, by title; `all` shows every course to those who manage the site. */
  list: route(
    'GET',
    '/courses',
    read(
      z.strictObject({
        ...pageInput,
        search: z.optional(text(100)),
        all: z._default(z.stringbool(), false),
      }),
      z.extend(pageOf(courseCard), { mayCreate: z.boolean(), maySeeAll: z.boolean() }),
    ),
  ),
  create: route(
    'POST',
    '/courses',
    write(
      z.strictObject({
        title,
        shortName: z._default(shortName, ''),
        summary: z._default(summary, ''),
        timeZone: z._default(timeZone, 'UTC'),
      }),
      z.object({ course }),
    ),
  ),
  /** The course and what the caller may do in it; what changes is heard in the scopes. */
  get: route(
    'GET',
    '/courses/:courseId',
    read(
      z.strictObject(inCourse),
      z.object({ course, role: z.nullable(courseRole), capabilities: z.array(capability) }),
    ),
  ),
  /** Published items of the course that are for the caller and not for everybody. */
  mine: route(
    'GET',
    '/courses/:courseId/items/mine',
    read(z.strictObject(inCourse), z.object({ items: z.array(courseItem) })),
  ),
  change: route(
    'PATCH',
    '/courses/:courseId',
    write(
      z.strictObject({
        ...inCourse,
        version,
        title: z.optional(title),
        shortName: z.optional(shortName),
        summary: z.optional(summary),
        timeZone: z.optional(timeZone),
      }),
      z.object({ course }),
    ),
  ),

  createModule: route(
    'POST',
    '/courses/:courseId/modules',
    write(z.strictObject({ ...inCourse, title }), z.object({ module: courseModule })),
  ),
  changeModule: route(
    'PATCH',
    '/courses/:courseId/modules/:moduleId',
    write(z.strictObject({ ...ofModule, version, title }), z.object({ module: courseModule })),
  ),
  moveModule: route(
    'POST',
    '/courses/:courseId/modules/:moduleId/move',
    write(z.strictObject({ ...ofModule, before: beforeModule }), z.object({ module: courseModule })),
  ),
  removeModule: route('DELETE', '/courses/:courseId/modules/:moduleId', write(z.strictObject(ofModule), nothing)),
  restoreModule: route(
    'POST',
    '/courses/:courseId/modules/:moduleId/restore',
    write(z.strictObject(ofModule), z.object({ module: courseModule })),
  ),

  /** Into a module (or null: above all modules), before another item or to the end. */
  moveItem: route(
    'POST',
    '/courses/:courseId/items/:itemId/move',
    write(
      z.strictObject({ ...ofItem, moduleId: z.nullable(moduleId), before: beforeItem }),
      z.object({ item: courseItem }),
    ),
  ),
  publishItem: route(
    'POST',
    '/courses/:courseId/items/:itemId/publish',
    write(z.strictObject(ofItem), z.object({ item: courseItem })),
  ),
  hideItem: route(
    'POST',
    '/courses/:courseId/items/:itemId/hide',
    write(z.strictObject(ofItem), z.object({ item: courseItem })),
  ),
  removeItem: route('DELETE', '/courses/:courseId/items/:itemId', write(z.strictObject(ofItem), nothing)),
  restoreItem: route(
    'POST',
    '/courses/:courseId/items/:itemId/restore',
    write(z.strictObject(ofItem), z.object({ item: courseItem })),
  ),

  people: route(
    'GET',
    '/courses/:courseId/people',
    read(
      z.strictObject({ ...inCourse, ...pageInput, search: z.optional(text(100)), role: z.optional(courseRole) }),
      pageOf(coursePerson),
    ),
  ),
  /** By e-mail or by account, one of the two. */
  enrol: route(
    'POST',
    '/courses/:courseId/people',
    write(
      z.strictObject({ ...inCourse, email: z.optional(email), accountId: z.optional(accountId), role: courseRole }),
      z.object({ accountId, name: z.string() }),
    ),
  ),
  changeRole: route(
    'PATCH',
    '/courses/:courseId/people/:accountId',
    write(z.strictObject({ ...ofPerson, role: courseRole }), nothing),
  ),
  endEnrolment: route('DELETE', '/courses/:courseId/people/:accountId', write(z.strictObject(ofPerson), nothing)),

  /** Joins as a learner. Whoever is in the course already is simply shown in. */
  join: route(
    'POST',
    '/courses/join',
    write(z.strictObject({ code: line(40) }), z.object({ courseId, title: z.string() })),
  ),
  /** Null when joining by code is switched off. For those who may enrol. */
  getJoinCode: route(
    'GET',
    '/courses/:courseId/join-code',
    read(z.strictObject(inCourse), z.object({ joinCode: z.nullable(z.string()) })),
  ),
  renewJoinCode: route(
    'POST',
    '/courses/:courseId/join-code',
    write(z.strictObject(inCourse), z.object({ joinCode: z.string() })),
  ),
  switchOffJoinCode: route('DELETE', '/courses/:courseId/join-code', write(z.strictObject(inCourse), nothing)),
})
