// Cohorts: people of the school who belong together, such as a year's intake or a department's staff. A course takes a whole
// cohort in: whoever comes into the cohort later comes into the course, and whoever goes out of it leaves the course.
import * as z from 'zod/mini'
import { customRoleId, namedRole } from './access.ts'
import { defineRoutes, read, route, write } from './base/call.ts'
import { accountId, email, idSchema, instant, line, nothing, text, version } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'
import { courseId } from './courses.ts'

export const cohortId = idSchema<'Cohort'>()
export type CohortId = z.infer<typeof cohortId>

/** What people of a cohort can be in a course; with a role made here, what that is based on. The more a role may, the later. */
export const cohortRoles = ['learner', 'assistant'] as const
const cohortRole = z.enum(cohortRoles)
export type CohortRole = z.infer<typeof cohortRole>

/** What a cohort is taken in as. */
export const linkedRole = z.union([cohortRole, customRoleId])
export type LinkedRole = z.infer<typeof linkedRole>

/** Addresses in one request at most. */
export const mostAddresses = 1_000

export const cohort = z.object({
  id: cohortId,
  name: z.string(),
  description: z.string(),
  /** Whoever may enrol in a course finds it; else administrators alone do. */
  offered: z.boolean(),
  people: z.int(),
  courses: z.int(),
  version,
})
export type Cohort = z.infer<typeof cohort>

export const cohortPerson = z.object({ accountId, name: z.string(), email: z.nullable(z.string()), at: instant })
export type CohortPerson = z.infer<typeof cohortPerson>

/** A course that a cohort is in. */
export const cohortCourse = z.object({ courseId, title: z.string(), role: cohortRole, custom: z.nullable(namedRole) })
export type CohortCourse = z.infer<typeof cohortCourse>

/** A cohort as a course sees it; `role` is null while it is not in the course. */
export const offeredCohort = z.object({
  id: cohortId,
  name: z.string(),
  description: z.string(),
  people: z.int(),
  role: z.nullable(cohortRole),
  /** The role made here that its people come with. */
  custom: z.nullable(namedRole),
})
export type OfferedCohort = z.infer<typeof offeredCohort>

const name = line(120)
const description = text(500)
const ofCohort = { cohortId }
const listed = { ...pageInput, search: z.optional(text(100)) }

export const cohortRoutes = defineRoutes('cohorts', {
  list: route('GET', '/cohorts', read(z.strictObject(listed), pageOf(cohort))),
  get: route('GET', '/cohorts/:cohortId', read(z.strictObject(ofCohort), z.object({ cohort }))),
  create: route(
    'POST',
    '/cohorts',
    write(
      z.strictObject({ name, description: z._default(description, ''), offered: z._default(z.boolean(), true) }),
      z.object({ cohort }),
    ),
  ),
  /** Refused with `conflict` and the `current` one when somebody was faster. */
  change: route(
    'PATCH',
    '/cohorts/:cohortId',
    write(
      z.strictObject({
        ...ofCohort,
        version,
        name: z.optional(name),
        description: z.optional(description),
        offered: z.optional(z.boolean()),
      }),
      nothing,
    ),
  ),
  /** One that is in no course: else `cohort-in-use`. */
  remove: route('DELETE', '/cohorts/:cohortId', write(z.strictObject(ofCohort), nothing)),
  people: route(
    'GET',
    '/cohorts/:cohortId/people',
    read(z.strictObject({ ...ofCohort, ...listed }), pageOf(cohortPerson)),
  ),
  /** By their addresses. Says who came, how many were in it, and which addresses are nobody's here. */
  addPeople: route(
    'POST',
    '/cohorts/:cohortId/people',
    write(
      z.strictObject({ ...ofCohort, emails: z.array(email).check(z.minLength(1), z.maxLength(mostAddresses)) }),
      z.object({ came: z.array(accountId), wereIn: z.int(), unknown: z.array(z.string()) }),
    ),
  ),
  /** Those who are not in it are passed over. */
  removePeople: route(
    'POST',
    '/cohorts/:cohortId/people/remove',
    write(
      z.strictObject({ ...ofCohort, accountIds: z.array(accountId).check(z.minLength(1), z.maxLength(mostAddresses)) }),
      z.object({ removed: z.int() }),
    ),
  ),
  /** The courses it is in, by title. */
  courses: route(
    'GET',
    '/cohorts/:cohortId/courses',
    read(z.strictObject({ ...ofCohort, ...pageInput }), pageOf(cohortCourse)),
  ),

  /** For those who may enrol there: the cohorts that are in the course, then those that could be, by name. */
  offered: route(
    'GET',
    '/courses/:courseId/cohorts',
    read(z.strictObject({ courseId, ...listed }), pageOf(offeredCohort)),
  ),
  /**
   * Takes a cohort into a course: its people are enrolled within a moment. Whoever is in the course keeps their role.
   * `not-here` for a role that is based on another than `cohortRoles`.
   */
  link: route(
    'PUT',
    '/courses/:courseId/cohorts/:cohortId',
    write(z.strictObject({ courseId, ...ofCohort, role: linkedRole }), nothing),
  ),
  /** Takes it out again: whoever came by it, and by no other cohort, leaves the course. */
  unlink: route(
    'DELETE',
    '/courses/:courseId/cohorts/:cohortId',
    write(z.strictObject({ courseId, ...ofCohort }), nothing),
  ),
})
