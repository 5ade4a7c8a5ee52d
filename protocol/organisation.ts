// How an institution is divided: departments, one below another, and terms with their dates. A course stands in at most
// one of each. Administrators keep both; everybody may read them, for they say no more than the notice board.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from './base/call.ts'
import { idSchema, line, nothing, text, version } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'

export const departmentId = idSchema<'Department'>()
export type DepartmentId = z.infer<typeof departmentId>

export const termId = idSchema<'Term'>()
export type TermId = z.infer<typeof termId>

/** Departments one below another, the top one counted. */
export const deepestDepartment = 8

export const department = z.object({
  id: departmentId,
  name: z.string(),
  parentId: z.nullable(departmentId),
  /** Names from the top down, its own last. */
  path: z.array(z.string()),
  /** Courses that stand in it, those of the departments below left out. */
  courses: z.int(),
  version,
})
export type Department = z.infer<typeof department>

/** A day of the calendar, without a time zone. */
export const day = z.iso.date()

/** Entries in the list of a term's free days, and the days they come to together: less than a copy may keep free. */
export const mostFreeEntries = 40
export const mostTermFreeDays = 150

/** A day or several in a row on which nothing takes place, such as a holiday. */
export const freeDays = z.object({
  name: z.string(),
  startsOn: day,
  /** The last day. */
  endsOn: day,
})
export type FreeDays = z.infer<typeof freeDays>

export const term = z.object({
  id: termId,
  name: z.string(),
  startsOn: day,
  /** The last day. */
  endsOn: day,
  /** The earliest first. */
  freeDays: z._default(z.array(freeDays), []),
  courses: z.int(),
  version,
})
export type Term = z.infer<typeof term>

const name = line(120)
const newFreeDays = z.array(z.strictObject({ name, startsOn: day, endsOn: day })).check(z.maxLength(mostFreeEntries))
const listed = { ...pageInput, search: z.optional(text(100)) }

export const departmentRoutes = defineRoutes('departments', {
  /** In the order of the tree read from the top; `departmentId`: that one alone. */
  list: route(
    'GET',
    '/departments',
    read(z.strictObject({ ...listed, departmentId: z.optional(departmentId) }), pageOf(department)),
  ),
  create: route(
    'POST',
    '/departments',
    write(
      z.strictObject({ name, parentId: z._default(z.nullable(departmentId), null) }),
      z.object({ id: departmentId }),
    ),
  ),
  /** Renames it, or puts it below another: what is in it goes along. Below itself is `malformed`. */
  change: route(
    'PATCH',
    '/departments/:departmentId',
    write(
      z.strictObject({
        departmentId,
        version,
        name: z.optional(name),
        parentId: z.optional(z.nullable(departmentId)),
      }),
      nothing,
    ),
  ),
  /** An empty one alone: `in-use` while a course or a department stands in it. */
  remove: route('DELETE', '/departments/:departmentId', write(z.strictObject({ departmentId }), nothing)),
})

export const termRoutes = defineRoutes('terms', {
  /** The latest first. */
  list: route('GET', '/terms', read(z.strictObject({ ...listed, termId: z.optional(termId) }), pageOf(term))),
  /** A last day before the first is `malformed`, as are free days that come to too many. */
  create: route(
    'POST',
    '/terms',
    write(
      z.strictObject({ name, startsOn: day, endsOn: day, freeDays: z._default(newFreeDays, []) }),
      z.object({ id: termId }),
    ),
  ),
  change: route(
    'PATCH',
    '/terms/:termId',
    write(
      z.strictObject({
        termId,
        version,
        name: z.optional(name),
        startsOn: z.optional(day),
        endsOn: z.optional(day),
        /** The whole list in place of the one before. */
        freeDays: z.optional(newFreeDays),
      }),
      nothing,
    ),
  ),
  /** `in-use` while a course stands in it. */
  remove: route('DELETE', '/terms/:termId', write(z.strictObject({ termId }), nothing)),
})
