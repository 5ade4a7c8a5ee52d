// What is told outward, type by type: the shape of its data and an example. Ids and a few facts, never a name, a text of
// somebody's or a key. A type that is here stays, and its data only ever gains fields.
import * as z from 'zod/mini'
import { accountId, idSchema, instant } from '../base/ids.ts'
import { courseRole } from '../base/roles.ts'
import { courseId } from '../courses.ts'
import { gradeItemId } from '../grades.ts'
import { runId } from '../live.ts'
import { departmentId } from '../organisation.ts'

const assignmentId = idSchema<'Assignment'>()
const enrolmentId = idSchema<'Enrolment'>()
const ofCourse = z.object({ courseId, departmentId: z.nullable(departmentId) })
const ofAccount = z.object({ accountId })

/** The data of each type. A role is null where somebody has none of a course. */
export const eventData = {
  'course.published': ofCourse,
  'course.concluded': ofCourse,
  'enrolment.created': z.object({ enrolmentId, courseId, accountId, role: z.nullable(courseRole) }),
  'enrolment.ended': z.object({ enrolmentId, courseId, accountId }),
  'class.started': z.object({ runId, courseId }),
  'class.ended': z.object({ runId, courseId, startedAt: instant, endedAt: instant }),
  'assignment.handed-in': z.object({ assignmentId, courseId, accountId }),
  /** Once its learner may read it, as it is then. Decimal strings. */
  'grade.changed': z.object({ gradeItemId, courseId, accountId, score: z.string(), points: z.string() }),
  'account.created': ofAccount,
  'account.suspended': ofAccount,
  'account.reactivated': ofAccount,
  'account.erased': ofAccount,
} as const

export const eventTypes = Object.keys(eventData) as EventType[]
export type EventType = keyof typeof eventData
export const eventType = z.enum(Object.keys(eventData) as [EventType, ...EventType[]])
export type DataOf<T extends EventType> = z.output<(typeof eventData)[T]>

/** What belongs to no course is told where all of the school is asked for, and in no department. */
export const ofSchool: readonly EventType[] = [
  'account.created',
  'account.suspended',
  'account.reactivated',
  'account.erased',
]

/** Sent to try an endpoint; nobody asks for it. */
export const testType = 'webhook.test'
export type MessageType = EventType | typeof testType

const one = '0199d1a2-7c3e-7b10-8a5f-2f6d1c0b9e41'
const two = '0199d1a2-91b7-7d02-9c44-6a8e5f3d2b70'
const three = '0199d1a3-05c8-7e6a-b1d9-4c7f8a2e6d15'
const department = '0199cf00-11aa-7c4d-8e2b-9d3f5a6b7c81'

const examples: { readonly [T in EventType]: z.input<(typeof eventData)[T]> } = {
  'course.published': { courseId: one, departmentId: department },
  'course.concluded': { courseId: one, departmentId: null },
  'enrolment.created': { enrolmentId: three, courseId: one, accountId: two, role: 'learner' },
  'enrolment.ended': { enrolmentId: three, courseId: one, accountId: two },
  'class.started': { runId: three, courseId: one },
  'class.ended': {
    ...{ runId: three, courseId: one },
    ...{ startedAt: '2026-10-05T08:00:00.000Z', endedAt: '2026-10-05T09:30:00.000Z' },
  },
  'assignment.handed-in': { assignmentId: three, courseId: one, accountId: two },
  'grade.changed': { gradeItemId: three, courseId: one, accountId: two, score: '8.5', points: '10' },
  'account.created': { accountId: two },
  'account.suspended': { accountId: two },
  'account.reactivated': { accountId: two },
  'account.erased': { accountId: two },
}

/** The body of a message of this type, as it would be sent. */
export const exampleOf = (type: EventType) => ({
  type,
  timestamp: '2026-10-05T09:30:00.000Z',
  data: examples[type],
})

/** The body of a message of this type, as a schema. */
export const payloadOf = (type: EventType) =>
  z.object({ type: z.literal(type), timestamp: instant, data: eventData[type] })
