// What the client knows and does about cohorts. The only place that asks their routes.
import { roleName } from '#client/features/access/words.ts'
import { attempt } from '#client/features/courses/store.ts'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { showToast } from '#client/ui/Toast.tsx'
import type { Input, InputBefore } from '#protocol/base/call.ts'
import {
  type Cohort,
  type CohortCourse,
  type CohortPerson,
  cohortRoutes,
  type LinkedRole,
  type OfferedCohort,
} from '#protocol/cohorts.ts'
import type { CourseId } from '#protocol/courses.ts'

const searched = (words: string) => (words.trim() === '' ? {} : { search: words.trim() })
const from = (after: string | undefined) => (after === undefined ? {} : { after })

export const listCohorts = (words: string, after?: string) =>
  request(cohortRoutes.list, { limit: 50, ...searched(words), ...from(after) })
export const getCohort = async (cohortId: string): Promise<Cohort> =>
  (await request(cohortRoutes.get, { cohortId: cohortId as Cohort['id'] })).cohort
export const createCohort = (input: InputBefore<typeof cohortRoutes.create>) => request(cohortRoutes.create, input)
export const changeCohort = (input: InputBefore<typeof cohortRoutes.change>) => request(cohortRoutes.change, input)
export const removeCohort = (one: Cohort) => request(cohortRoutes.remove, { cohortId: one.id })
export const listCohortPeople = (cohortId: Cohort['id'], words: string, after?: string) =>
  request(cohortRoutes.people, { cohortId, limit: 100, ...searched(words), ...from(after) })
export const addPeople = (input: Input<typeof cohortRoutes.addPeople>) => request(cohortRoutes.addPeople, input)
export const listCohortCourses = (cohortId: Cohort['id'], after?: string) =>
  request(cohortRoutes.courses, { cohortId, limit: 50, ...from(after) })
export const listOffered = (courseId: CourseId, words: string, after?: string) =>
  request(cohortRoutes.offered, { courseId, limit: 50, ...searched(words), ...from(after) })

/** Takes somebody out of a cohort, with a notice that brings them back. `told` reads the list again. */
export async function takeOut(cohort: Cohort, person: CohortPerson, told: () => void): Promise<void> {
  const { accountId, name, email } = person
  const input = { cohortId: cohort.id, accountIds: [accountId] }
  if (!(await attempt(() => request(cohortRoutes.removePeople, input)))) return
  told()
  const again = async () => {
    if (email !== null && (await attempt(() => addPeople({ cohortId: cohort.id, emails: [email] })))) told()
  }
  const text = t('cohorts.tookOut', { name, cohort: cohort.name })
  showToast(email === null ? { text } : { text, onUndo: () => void again() })
}

/** What they are in it, in words. */
export const comesAs = ({ role, custom }: Pick<CohortCourse | OfferedCohort, 'role' | 'custom'>): string =>
  custom ? roleName(custom) : t(`cohorts.${role ?? 'learner'}`)

/** Takes a cohort into a course. */
export const takeIn = (courseId: CourseId, one: OfferedCohort, role: LinkedRole) =>
  request(cohortRoutes.link, { courseId, cohortId: one.id, role })

/** Takes a cohort out of a course: taking it in again brings its people back. */
export const takeOutOfCourse = (courseId: CourseId, one: OfferedCohort) =>
  request(cohortRoutes.unlink, { courseId, cohortId: one.id })
