// Courses on the wire: the course, its modules and the items placed in them, as everybody in it sees them. What learners
// may not see yet (drafts, head counts) travels in the staff's scope alone (courses/staff.ts), never in this one.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from './base/call.ts'
import { idSchema, line, text, uuid, version } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'
import { capability, courseRole } from './base/roles.ts'
import { defineScope, type EventMeta, type EventOf } from './base/scope.ts'
import { departmentId, termId } from './organisation.ts'

export const courseId = idSchema<'Course'>()
export type CourseId = z.infer<typeof courseId>

export const moduleId = idSchema<'Module'>()
export type ModuleId = z.infer<typeof moduleId>

export const itemId = idSchema<'Item'>()
export type ItemId = z.infer<typeof itemId>

/** draft: for its staff alone. published: for everybody in it. concluded: read, not changed. archived: that, out of lists. */
export const courseStates = ['draft', 'published', 'concluded', 'archived'] as const
export const courseState = z.enum(courseStates)
export type CourseLife = z.infer<typeof courseState>

/** Where a course may go from each state. */
export const nextStates: Readonly<Record<CourseLife, readonly CourseLife[]>> = {
  draft: ['published'],
  published: ['draft', 'concluded'],
  concluded: ['published', 'archived'],
  archived: ['concluded'],
}

/** Whether a course is over: all of it is read, nothing of it changes. */
export const isOver = (state: CourseLife): boolean => state === 'concluded' || state === 'archived'

/** Languages whose words are found in any of their endings, by their codes; `simple` for every other one. */
export const courseLanguages = [
  ...([
    'ar',
    'da',
    'de',
    'el',
    'en',
    'es',
    'fi',
    'fr',
    'hu',
    'id',
    'it',
    'nb',
    'nl',
    'pt',
    'ro',
    'ru',
    'sv',
    'tr',
  ] as const),
  'simple',
] as const
export const courseLanguage = z.enum(courseLanguages)
export type CourseLanguage = z.infer<typeof courseLanguage>

export const course = z.object({
  id: courseId,
  title: z.string(),
  /** A few letters that people say, such as "BIO 101"; may be empty. */
  shortName: z.string(),
  summary: z.string(),
  /** IANA name; date-only deadlines are computed in it. */
  timeZone: z.string(),
  /** What it is held in: the search knows the endings of its words. */
  language: courseLanguage,
  state: courseState,
  departmentId: z.nullable(departmentId),
  termId: z.nullable(termId),
  /** A draft that others begin courses from (courses/templates.ts). */
  template: z._default(z.boolean(), false),
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
  refId: uuid(),
  title: z.string(),
  /** Compared as plain text; ties go by id. A move writes one row. */
  position: z.string(),
  /** The items it stands under, the outermost first; left out of the outermost. How deep that is: courses/levels.ts. */
  under: z.optional(z.array(itemId)),
  published: z.boolean(),
  /** What is going on: 'live', 'open', 'ended'; the kind's own words are allowed. */
  badge: z.nullable(z.string()),
  detail: itemDetail,
  version,
})
export type CourseItem = z.infer<typeof courseItem>

/** The kind of items that are a label in the outline: a title with nothing behind it. */
export const headingKind = 'heading'

/** Whether an item of a course is live now, for all who see it. */
export const isLive = ({ badge, published }: Pick<CourseItem, 'badge' | 'published'>): boolean =>
  published && badge === 'live'

/** A course in a person's list. */
export const courseCard = z.object({
  ...course.shape,
  /** Absent for an administrator who looks at a course without being in it. */
  role: z.nullable(courseRole),
  live: z.boolean(),
})
export type CourseCard = z.infer<typeof courseCard>

// --- the course scope -------------------------------------------------------------------------------------------

const courseScopeState = z.object({ course, modules: z.array(courseModule), items: z.array(courseItem) })
export type CourseState = z.infer<typeof courseScopeState>

const courseFeeds = {
  /** `was`: its state before, where that is what changed. */
  courseChanged: z.object({ course, was: z.optional(courseState) }),
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

export const without = <T extends { id: string }>(list: readonly T[], id: string): T[] =>
  list.filter(one => one.id !== id)

export const withOne = <T extends Placed>(list: readonly T[], one: T): T[] =>
  [...without(list, one.id), one].sort(byPosition)

export const withAll = <T extends Placed>(list: readonly T[], more: readonly T[]): T[] =>
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
  state: courseScopeState,
  feeds: courseFeeds,
  fleeting: {},
  apply: applyToCourse,
})

// --- routes -----------------------------------------------------------------------------------------------------

const title = line(200)
const shortName = text(40)
const summary = text(2_000)
const timeZone = line(64)
const inCourse = { courseId }

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
        /** Those in this state; without one, all but the archived. */
        state: z.optional(courseState),
        /** Those in it and in the departments below. */
        departmentId: z.optional(departmentId),
        termId: z.optional(termId),
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
        language: z._default(courseLanguage, 'en'),
        state: z._default(z.enum(['draft', 'published']), 'published'),
        /** For administrators alone: roles held in a department hold in its courses. */
        departmentId: z._default(z.nullable(departmentId), null),
        termId: z._default(z.nullable(termId), null),
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
      z.object({
        course,
        role: z.nullable(courseRole),
        capabilities: z.array(capability),
        /** Whether they may make a template of it: who changes every course of the place it stands in. */
        mayMakeTemplate: z._default(z.boolean(), false),
        /** Whether they may leave it by themselves (openings.ts). */
        mayLeave: z._default(z.boolean(), false),
      }),
    ),
  ),
  /**
   * Items of the course that are for the caller and not for everybody: published ones, and those not released that they may
   * change without changing the course. `apart`: where items say something of their own, what the caller may there of all
   * that counts in items (`countsIn` in access.ts); everywhere else that is what they may in the course.
   */
  mine: route(
    'GET',
    '/courses/:courseId/items/mine',
    read(
      z.strictObject(inCourse),
      z.object({
        items: z.array(courseItem),
        apart: z._default(z.array(z.object({ itemId, capabilities: z.array(capability) })), []),
      }),
    ),
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
        language: z.optional(courseLanguage),
        /** For administrators alone. */
        departmentId: z.optional(z.nullable(departmentId)),
        termId: z.optional(z.nullable(termId)),
      }),
      z.object({ course }),
    ),
  ),
})
