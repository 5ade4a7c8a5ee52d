// A course's life as the client leads it: each step at once, with a notice that takes it back.
import { request } from '#client/platform/call.ts'
import type { PlainTextKey } from '#client/platform/texts.ts'
import { t } from '#client/platform/texts.ts'
import { showToast } from '#client/ui/Toast.tsx'
import type { InputBefore } from '#protocol/base/call.ts'
import type { Capability } from '#protocol/base/roles.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { type Course, type CourseLife, isOver } from '#protocol/courses.ts'
import { attempt, refreshBeside } from './store.ts'

/** What each state is called. */
export const stateWords = {
  draft: 'courses.stateDraft',
  published: 'courses.statePublished',
  concluded: 'courses.stateConcluded',
  archived: 'courses.stateArchived',
} as const satisfies Record<CourseLife, PlainTextKey>

/** What the step into a state is called, and what it does. */
export const stepWords = (from: CourseLife, to: CourseLife): { act: PlainTextKey; lead: PlainTextKey } => {
  if (to === 'draft') return { act: 'courses.toDraft', lead: 'courses.toDraftLead' }
  if (to === 'archived') return { act: 'courses.toArchived', lead: 'courses.toArchivedLead' }
  if (to === 'concluded')
    return from === 'archived'
      ? { act: 'courses.outOfArchive', lead: 'courses.outOfArchiveLead' }
      : { act: 'courses.toConcluded', lead: 'courses.toConcludedLead' }
  return from === 'draft'
    ? { act: 'courses.toPublished', lead: 'courses.toPublishedLead' }
    : { act: 'courses.reopen', lead: 'courses.reopenLead' }
}

/** What one must be able to do for a step. */
export const rightFor = (from: CourseLife, to: CourseLife): Capability =>
  isOver(from) || isOver(to) ? 'course.conclude' : 'course.publish'

type Told = Pick<Course, 'id' | 'title'>

/** Leads a course into a state; the notice leads it back. Answers whether it was done. */
export async function changeState(course: Told & Pick<Course, 'state'>, state: CourseLife): Promise<boolean> {
  const step = (to: CourseLife) =>
    attempt(() => request(lifeRoutes.changeState, { courseId: course.id, state: to })).finally(refreshBeside)
  if (!(await step(state))) return false
  showToast({
    text: t('courses.stateNow', { title: course.title, state: t(stateWords[state]) }),
    onUndo: () => void step(course.state),
  })
  return true
}

/** Puts a course into the bin; the notice takes it out. */
export async function removeCourse(course: Told): Promise<boolean> {
  if (!(await attempt(() => request(lifeRoutes.remove, { courseId: course.id })))) return false
  void refreshBeside()
  showToast({ text: t('courses.binned', { title: course.title }), onUndo: () => void restoreCourse(course) })
  return true
}

/** Takes a course out of the bin; `onOpen` goes to it, from the notice. */
export async function restoreCourse(course: Told, onOpen?: () => void): Promise<boolean> {
  const done = await attempt(() => request(lifeRoutes.restore, { courseId: course.id }))
  void refreshBeside()
  if (done)
    showToast({
      text: t('courses.restored', { title: course.title }),
      action: onOpen && { label: t('courses.openIt'), onSelect: onOpen },
    })
  return done
}

export const listBin = (input: InputBefore<typeof lifeRoutes.bin>) => request(lifeRoutes.bin, input)
