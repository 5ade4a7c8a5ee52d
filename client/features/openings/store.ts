// What the client knows and does about courses that people come into by themselves. The only place that asks their routes.
import { signal } from '@preact/signals'
import { attempt } from '#client/features/courses/store.ts'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { showToast } from '#client/ui/Toast.tsx'
import type { CourseId } from '#protocol/courses.ts'
import { type Opening, openingRoutes } from '#protocol/openings.ts'
import type { DepartmentId } from '#protocol/organisation.ts'

export const listOpen = (filter: { search: string; departmentId: string }, after?: string) =>
  request(openingRoutes.list, {
    limit: 50,
    ...(filter.search.trim() === '' ? {} : { search: filter.search.trim() }),
    ...(filter.departmentId === '' ? {} : { departmentId: filter.departmentId as DepartmentId }),
    ...(after === undefined ? {} : { after }),
  })
export const findOpen = async (courseId: string) =>
  (await request(openingRoutes.find, { courseId: courseId as CourseId })).course

/** Grows when the reader came into a course or left one here: what shows it is read again. */
export const comings = signal(0)
const told = () => {
  comings.value = comings.peek() + 1
}

/** Comes into a course. Throws what the course refuses. */
export async function enter(courseId: CourseId, key: string): Promise<{ title: string }> {
  const done = await request(openingRoutes.enter, { courseId, key })
  told()
  return done
}

/** Leaves a course, with a notice that takes it back. Answers whether it is left. */
export async function leaveCourse(courseId: string, title: string): Promise<boolean> {
  const one = { courseId: courseId as CourseId }
  if (!(await attempt(() => request(openingRoutes.leave, one)))) return false
  told()
  const back = async () => {
    if (!(await attempt(() => request(openingRoutes.comeBack, one)))) return
    told()
    showToast({ text: t('openings.back', { title }) })
  }
  showToast({ text: t('openings.left', { title }), onUndo: () => void back() })
  return true
}

export const getOpening = async (courseId: string) =>
  (await request(openingRoutes.get, { courseId: courseId as CourseId })).opening

/** As nothing was said about it yet. */
export const noOpening: Opening = {
  open: false,
  key: '',
  opensOn: null,
  closesOn: null,
  most: null,
  sectionId: null,
  days: null,
  mayLeave: false,
  version: 0,
}

/** Says how a course is open, with a notice that says it as it was before. */
export async function changeOpening(courseId: string, before: Opening, next: Opening): Promise<void> {
  const put = (one: Opening) => request(openingRoutes.change, { courseId: courseId as CourseId, ...one })
  const { opening } = await put({ ...next, version: before.version })
  const words = opening.open === before.open ? 'changed' : opening.open ? 'opened' : 'closedNow'
  showToast({
    text: t(`openings.${words}`),
    onUndo: () => void attempt(() => put({ ...before, version: opening.version })),
  })
}
