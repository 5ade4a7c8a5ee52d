// Enrolling many people from a list: tried first, then done. Every row is told what becomes of it.
import * as z from 'zod/mini'
import { customRoleId, roleKey } from '../access.ts'
import { defineRoutes, route, write } from '../base/call.ts'
import { courseId } from '../courses.ts'

/** Most rows of one list, and most characters. */
export const longestList = { rows: 2_000, characters: 200_000 } as const

/** What becomes of a row. `was in`: already enrolled, whatever role the list says; nothing changes. */
export const importOutcome = z.enum(['enrol', 'was in', 'error'])

/** Why a row can not be taken. */
export const importError = z.enum([
  'no-email',
  'bad-email',
  'bad-role',
  /** An address that stands further up already. */
  'twice',
  /** Nobody has an account with this address. */
  'no-account',
  /** A suspended person can not teach. */
  'not-for-staff',
])
export type ImportError = z.infer<typeof importError>

export const importRow = z.object({
  /** The line of the list, the head being line 1. */
  line: z.int(),
  email: z.string(),
  /** As the account says; null where there is none. */
  name: z.nullable(z.string()),
  /** As what they are in it, or would be. */
  role: z.nullable(roleKey),
  /** What that is called, where it was made here. */
  roleName: z._default(z.string(), ''),
  outcome: importOutcome,
  error: z.nullable(importError),
})
export type ImportRow = z.infer<typeof importRow>

export const importRoutes = defineRoutes('courses', {
  /**
   * `try` writes nothing. `good ones` enrols what can be and leaves the rest; `all` refuses the whole list while a row
   * of it fails. A list that can not be read at all is `malformed` with the line.
   */
  importPeople: route(
    'POST',
    '/courses/:courseId/people/import',
    write(
      z.strictObject({
        courseId,
        list: z.string().check(z.maxLength(longestList.characters)),
        role: z._default(z.union([z.enum(['instructor', 'assistant', 'learner']), customRoleId]), 'learner'),
        how: z.enum(['try', 'good ones', 'all']),
      }),
      z.object({
        enrolled: z.int(),
        counts: z.object({ enrol: z.int(), wasIn: z.int(), error: z.int() }),
        rows: z.array(importRow),
        /** Columns of the head that nothing is made of. */
        unused: z.array(z.string()),
      }),
    ),
  ),
})
