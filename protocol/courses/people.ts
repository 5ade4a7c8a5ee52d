// The people of a course: who is in it, by which way they came, and the ways in: by hand and by the join code.
import * as z from 'zod/mini'
import { builtInRoleKey, customRoleId, namedRole, roleKey } from '../access.ts'
import { defineRoutes, read, route, write } from '../base/call.ts'
import { accountId, email, instant, line, nothing, text } from '../base/ids.ts'
import { pageInput, pageOf } from '../base/paging.ts'
import { courseRole } from '../base/roles.ts'
import { courseId, courseState } from '../courses.ts'
import { groupId } from '../groups.ts'
import { day } from '../organisation.ts'

/** Letters and digits of a course's join code: none that is mistaken for another when read aloud or from a wall. */
export const courseCodeAlphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
/** A course's code is longer than a class's, so that one field can take either. */
export const courseCodeLength = 8

/** What a person typed as a code: case, spaces and hyphens do not matter. */
export const readCode = (typed: string): string => typed.toUpperCase().replace(/[^0-9A-Z]/g, '')

const ways = ['by hand', 'join code', 'invitation', 'cohort', 'self'] as const

export const coursePerson = z.object({
  accountId,
  name: z.string(),
  /** Only for staff. */
  email: z.nullable(z.string()),
  kind: z.enum(['member', 'guest']),
  /** What they are enrolled as, of a role made here what that is based on; null: not enrolled, here by a role given alone. */
  role: z.nullable(courseRole),
  /** The role made here that they are enrolled with. */
  custom: z._default(z.nullable(namedRole), null),
  /** Roles given here beside it, only for staff. `name` is empty for those every Lectern has. */
  given: z.array(namedRole),
  /** `self`: by themselves, where the course is open to that (openings.ts). `given`: by a role alone. */
  how: z.enum([...ways, 'given']),
  at: instant,
  /** When their time in the course ends by itself; null: it does not. */
  endsAt: z.nullable(instant),
})
export type CoursePerson = z.infer<typeof coursePerson>

/** One course somebody is or was in. */
export const enrolmentOfPerson = z.object({
  courseId,
  title: z.string(),
  state: courseState,
  /** The course lies in the bin. */
  removed: z.boolean(),
  /** Null where it ended. */
  role: z.nullable(courseRole),
  /** The role made here that they are in it with. */
  custom: z._default(z.nullable(namedRole), null),
  /** By name. */
  sections: z.array(z.string()),
  how: z.enum(ways),
  at: instant,
  endsAt: z.nullable(instant),
  endedAt: z.nullable(instant),
})
export type EnrolmentOfPerson = z.infer<typeof enrolmentOfPerson>

/** A role somebody holds in a course, or could be enrolled with. `name` is empty for those every Lectern has. */
export const roleInCourse = z.object({
  ...namedRole.shape,
  basedOn: builtInRoleKey,
  /** How many hold it here. */
  people: z.int(),
  /** Whether the caller may enrol people with it. */
  mayGive: z.boolean(),
})
export type RoleInCourse = z.infer<typeof roleInCourse>

/** What people are enrolled with: a role every Lectern has, or one made here that is based on it. */
const enrolledRole = z.union([courseRole, customRoleId])

const inCourse = { courseId }
const ofPerson = { courseId, accountId }

export const peopleRoutes = defineRoutes('courses', {
  people: route(
    'GET',
    '/courses/:courseId/people',
    read(
      z.strictObject({
        ...inCourse,
        ...pageInput,
        search: z.optional(text(100)),
        /** Who holds this very role, by enrolment or beside it. */
        role: z.optional(roleKey),
        /** Also who is not enrolled and holds a role that was given here; for staff. */
        given: z._default(z.stringbool(), false),
        /** Those in this section or group of the course, for who manages groups. */
        groupId: z.optional(groupId),
      }),
      pageOf(coursePerson),
    ),
  ),
  /** The roles there are in a course, with how many hold each and how many people that is in all. */
  peopleRoles: route(
    'GET',
    '/courses/:courseId/people/roles',
    read(z.strictObject(inCourse), z.object({ people: z.int(), roles: z.array(roleInCourse) })),
  ),
  /** In which courses somebody is and was, for whoever looks after accounts: those that hold first, by title. */
  enrolmentsOf: route(
    'GET',
    '/accounts/:accountId/enrolments',
    read(z.strictObject({ accountId, ...pageInput }), pageOf(enrolmentOfPerson)),
  ),
  /** By e-mail or by account, one of the two. */
  enrol: route(
    'POST',
    '/courses/:courseId/people',
    write(
      z.strictObject({ ...inCourse, email: z.optional(email), accountId: z.optional(accountId), role: enrolledRole }),
      z.object({ accountId, name: z.string() }),
    ),
  ),
  changeRole: route(
    'PATCH',
    '/courses/:courseId/people/:accountId',
    write(z.strictObject({ ...ofPerson, role: enrolledRole }), nothing),
  ),
  /** Until when somebody is in the course, as its last day by the course's own clocks; null: without an end. */
  changeEnd: route(
    'PATCH',
    '/courses/:courseId/people/:accountId/end',
    write(z.strictObject({ ...ofPerson, endsOn: z.nullable(day) }), z.object({ endsAt: z.nullable(instant) })),
  ),
  endEnrolment: route('DELETE', '/courses/:courseId/people/:accountId', write(z.strictObject(ofPerson), nothing)),

  /** Joins as a learner. Whoever is in the course already is simply shown in. */
  join: route(
    'POST',
    '/courses/join',
    write(z.strictObject({ code: line(40) }), z.object({ courseId, title: z.string() })),
  ),
  /** What a code leads to, before anybody joins by it. Throws `code-unknown`, `slow-down`. */
  lookCode: route(
    'GET',
    '/course-codes/:code',
    read(z.strictObject({ code: line(40) }), z.object({ title: z.string() }), 'anyone'),
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
