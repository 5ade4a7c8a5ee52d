// What the client knows and does about courses: a person's list, one course with its scopes, and every act on it.
// The only place that asks the courses' routes.
import { type ReadonlySignal, signal, useComputed } from '@preact/signals'
import type { Input } from '#protocol/base/call.ts'
import type { Capability, CourseRole } from '#protocol/base/roles.ts'
import {
  type CourseItem,
  type CourseModule,
  type CourseStaffState,
  type CourseState,
  byPosition,
  courseRoutes,
  courseScope,
  courseStaffScope,
} from '#protocol/courses.ts'
import { useEffect } from 'preact/hooks'
import { courses as frameCourses } from '#client/app/frame.ts'
import { call } from '#client/platform/call.ts'
import type { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { scopeStore } from '#client/platform/realtime.ts'
import type { ScopeStatus } from '#client/platform/scope-store.ts'
import { t } from '#client/platform/texts.ts'
import { type Loaded, useLoad } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { showToast } from '#client/ui/Toast.tsx'

/** Reads the person's courses into the frame's rail. Called at sign-in and whenever a course came or went. */
export async function refreshMyCourses(): Promise<void> {
  const { items } = await call(courseRoutes.list, { limit: 100 })
  frameCourses.value = items.map(({ id, title, live }) => ({ id, title, live }))
}

const own = () => refreshMyCourses().catch(() => undefined)

/** What somebody may do in a course, read once for each course and again when rights change. */
export interface Standing {
  readonly role: CourseRole | null
  readonly capabilities: readonly Capability[]
}

export interface CourseView {
  readonly course: ReadonlySignal<CourseState | undefined>
  readonly status: ReadonlySignal<ScopeStatus>
  readonly problem: ReadonlySignal<ClientProblem | undefined>
  readonly standing: Loaded<Standing>
  /** True for those who see drafts. */
  readonly staff: boolean
  /** Undefined for learners, and until it is known. */
  readonly staffState: ReadonlySignal<CourseStaffState | undefined>
  /** Published items, and for staff the drafts among them, in order. */
  readonly items: ReadonlySignal<readonly CourseItem[]>
}

/** One course, live while the component is mounted. */
export function useCourse(courseId: string): CourseView {
  const course = useScope(courseScope, courseId)
  const standing = useLoad(courseId, () => call(courseRoutes.get, { courseId }))
  const staff = standing.value?.capabilities.includes('content.change') ?? false
  const backstage = scopeStore(courseStaffScope, courseId)
  useEffect(() => (staff ? backstage.open() : undefined), [staff, backstage])
  // A right that was taken or given shows in the scope first.
  const status = course.status.value
  useEffect(() => {
    if (status === 'closed') standing.reload()
  }, [status])
  const items = useComputed(() =>
    [...(course.state.value?.items ?? []), ...(backstage.state.value?.drafts ?? [])].sort(byPosition),
  )
  return {
    course: course.state,
    status: course.status,
    problem: course.problem,
    standing,
    staff,
    staffState: backstage.state,
    items,
  }
}

/** Runs an act and shows its refusal as a notice. Answers whether it was done. */
export async function attempt(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    showToast({ text: problemWords(error), tone: 'bad' })
    return false
  }
}

type CourseInput<V extends keyof typeof courseRoutes> = Parameters<typeof call<(typeof courseRoutes)[V]>>[1]

export const listCourses = (input: CourseInput<'list'>) => call(courseRoutes.list, input)

export async function createCourse(input: CourseInput<'create'>) {
  const made = await call(courseRoutes.create, input)
  void own()
  return made.course
}

export async function joinCourse(code: string) {
  const joined = await call(courseRoutes.join, { code })
  void own()
  return joined
}

export async function changeCourse(input: CourseInput<'change'>) {
  const changed = await call(courseRoutes.change, input)
  void own()
  return changed.course
}

export const createModule = (input: Input<typeof courseRoutes.createModule>) => call(courseRoutes.createModule, input)
export const changeModule = (input: Input<typeof courseRoutes.changeModule>) => call(courseRoutes.changeModule, input)

/** Items that are being published or hidden right now: the switch shows at once, the feed confirms it. */
const turning = signal<ReadonlyMap<string, boolean>>(new Map())

/** Whether to show an item as published, an unconfirmed tap included. */
export const shownPublished = (item: CourseItem): boolean => turning.value.get(item.id) ?? item.published

function turn(itemId: string, published: boolean | undefined): void {
  const next = new Map(turning.peek())
  if (published === undefined) next.delete(itemId)
  else next.set(itemId, published)
  turning.value = next
}

/** Publishes or hides an item, with a notice that takes it back. */
export async function showItem(courseId: string, item: CourseItem, published: boolean): Promise<void> {
  const input = { courseId, itemId: item.id } as Input<typeof courseRoutes.publishItem>
  turn(item.id, published)
  const done = await attempt(() => call(published ? courseRoutes.publishItem : courseRoutes.hideItem, input))
  turn(item.id, undefined)
  if (!done) return
  showToast({
    text: published ? t('courses.published', { title: item.title }) : t('courses.hidden', { title: item.title }),
    onUndo: () => void attempt(() => call(published ? courseRoutes.hideItem : courseRoutes.publishItem, input)),
  })
}

/** Removes an item, with a notice that brings it back. */
export async function removeItem(courseId: string, item: CourseItem): Promise<void> {
  const input = { courseId, itemId: item.id } as Input<typeof courseRoutes.removeItem>
  if (!(await attempt(() => call(courseRoutes.removeItem, input)))) return
  showToast({
    text: t('courses.removed', { title: item.title }),
    onUndo: () => void attempt(() => call(courseRoutes.restoreItem, input)),
  })
}

/** Removes a module with all it holds, with a notice that brings it back. */
export async function removeModule(courseId: string, module: CourseModule): Promise<void> {
  const input = { courseId, moduleId: module.id } as Input<typeof courseRoutes.removeModule>
  if (!(await attempt(() => call(courseRoutes.removeModule, input)))) return
  showToast({
    text: t('courses.removed', { title: module.title }),
    onUndo: () => void attempt(() => call(courseRoutes.restoreModule, input)),
  })
}

/** Puts an item ahead of another of the same or another module; null is its end. */
export const moveItem = (courseId: string, item: CourseItem, moduleId: string | null, before: string | null) =>
  attempt(() =>
    call(courseRoutes.moveItem, { courseId, itemId: item.id, moduleId, before } as Input<typeof courseRoutes.moveItem>),
  )

/** Puts a module ahead of another; null is the end. */
export const moveModule = (courseId: string, module: CourseModule, before: string | null) =>
  attempt(() =>
    call(courseRoutes.moveModule, { courseId, moduleId: module.id, before } as Input<typeof courseRoutes.moveModule>),
  )

export const listPeople = (input: CourseInput<'people'>) => call(courseRoutes.people, input)
export const enrolPerson = (input: CourseInput<'enrol'>) => call(courseRoutes.enrol, input)
export const changeRole = (input: CourseInput<'changeRole'>) => call(courseRoutes.changeRole, input)
export const endEnrolment = (input: CourseInput<'endEnrolment'>) => call(courseRoutes.endEnrolment, input)
export const renewJoinCode = (courseId: string) =>
  call(courseRoutes.renewJoinCode, { courseId } as CourseInput<'renewJoinCode'>)
export const switchOffJoinCode = (courseId: string) =>
  call(courseRoutes.switchOffJoinCode, { courseId } as CourseInput<'switchOffJoinCode'>)

const roleTexts = {
  instructor: 'courses.instructor',
  assistant: 'courses.assistant',
  learner: 'courses.learner',
  guest: 'courses.guest',
} as const satisfies Record<CourseRole, string>

/** A role as a word. */
export const roleWord = (role: CourseRole): string => t(roleTexts[role])
