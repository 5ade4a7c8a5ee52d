// What the client knows and does about courses: a person's list, one course with its scopes, and every act on it.
// The only place that asks the courses' routes.
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { courses as frameCourses } from '#client/app/frame.ts'
import { request } from '#client/platform/call.ts'
import type { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { scopeStore } from '#client/platform/realtime.ts'
import type { ScopeStatus } from '#client/platform/scope-store.ts'
import { t } from '#client/platform/texts.ts'
import { type Loaded, useLoad } from '#client/platform/use-load.ts'
import { showToast } from '#client/ui/Toast.tsx'
import type { InputBefore } from '#protocol/base/call.ts'
import type { Capability, CourseRole } from '#protocol/base/roles.ts'
import { outlineRoutes, type RemovedThing } from '#protocol/courses/outline.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { type CourseStaffState, courseStaffScope } from '#protocol/courses/staff.ts'
import {
  byPosition,
  type CourseId,
  type CourseItem,
  type CourseModule,
  type CourseState,
  courseRoutes,
  courseScope,
  isOver,
} from '#protocol/courses.ts'
import { myCoursesTurn, myRoles } from './mine.ts'
import { itemKind } from './registry.ts'

/** Reads the person's courses into the frame's rail. Called at sign-in and whenever a course came or went. */
export async function refreshMyCourses(): Promise<void> {
  const { items } = await request(courseRoutes.list, { limit: 100 })
  myRoles.value = new Map(items.map(({ id, role }) => [id, role]))
  frameCourses.value = items.map(({ id, title, timeZone, live }) => ({ id, title, timeZone, live }))
}

/**
 * The same where nobody waits for it. The list is a comfort of the frame: the page that was opened says by itself what it
 * could not read, and the next word of change or return of the connection reads again.
 */
export const refreshBeside = (): Promise<void> => refreshMyCourses().catch(() => undefined)

/** What somebody may do in a course, read once for each course and again when rights change. */
export interface Standing {
  readonly role: CourseRole | null
  readonly capabilities: readonly Capability[]
  /** Whether they may make a template of it. */
  readonly mayMakeTemplate: boolean
  /** Whether they may leave it by themselves. */
  readonly mayLeave: boolean
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
  /** Grows with everything that happens behind the scenes; 0 for learners. */
  readonly backstageHead: ReadonlySignal<number>
  /** Grows with everything that happens in the course. */
  readonly head: ReadonlySignal<number>
  /** Published items, and for those who may change them the drafts among them, in order. */
  readonly items: ReadonlySignal<readonly CourseItem[]>
  /** What the reader may do in one item: what they may in the course, where the item says nothing of its own. */
  readonly rightsIn: (itemId: string) => readonly Capability[]
}

/** One course, live while the component is mounted. */
export function useCourse(courseId: string): CourseView {
  const course = scopeStore(courseScope, courseId)
  const [opened, setOpened] = useState(0)
  useEffect(() => course.open(), [course, opened])
  const standing = useLoad(courseId, () => request(courseRoutes.get, { courseId }))
  const capabilities = standing.value?.capabilities ?? []
  // Who sees what learners do not see yet; of a course that is over, those who see its grades.
  const over = isOver(course.state.value?.course.state ?? 'published')
  const staff = capabilities.includes(over ? 'grade.view-all' : 'content.change')
  const backstage = scopeStore(courseStaffScope, courseId)
  useEffect(() => (staff ? backstage.open() : undefined), [staff, backstage])
  // What is for some is in no scope: those some ask for their own.
  const own = useLoad(courseId, () => request(courseRoutes.mine, { courseId }))
  const turn = myCoursesTurn.value
  useEffect(() => {
    if (turn === 0) return
    own.reload()
    // Another role opens more, or less.
    standing.reload()
    // What was shut may be open now: a draft that was published, a course out of the bin.
    if (course.status.peek() === 'closed') setOpened(now => now + 1)
  }, [turn])
  // A right that was taken or given shows in the scope first: what was refused while it was shut is asked again.
  const status = course.status.value
  useEffect(() => {
    if (status === 'closed' || (status === 'live' && standing.problem)) standing.reload()
  }, [status])
  // The state of a course decides what may be done in it.
  const state = course.state.value?.course.state
  const known = useRef(state)
  useEffect(() => {
    if (known.current !== undefined && state !== undefined && known.current !== state) standing.reload()
    known.current = state ?? known.current
  }, [state])
  const mine = own.value?.items
  const apart = own.value?.apart
  const rightsIn = useMemo(() => {
    const said = new Map(apart?.map(one => [one.itemId as string, one.capabilities]))
    return (itemId: string) => said.get(itemId) ?? capabilities
  }, [apart, standing.value])
  const items = useMemo(() => signalOfItems(course.state, backstage.state), [course.state, backstage.state])
  useEffect(() => {
    items.mine.value = staff ? [] : (mine ?? [])
  }, [items, mine, staff])
  return {
    course: course.state,
    status: course.status,
    problem: course.problem,
    standing,
    staff,
    staffState: backstage.state,
    backstageHead: backstage.head,
    head: course.head,
    items: items.all,
    rightsIn,
  }
}

/** What stands in a course for this reader: what all see, for staff what they alone see, for some their own. */
function signalOfItems(
  course: ReadonlySignal<CourseState | undefined>,
  backstage: ReadonlySignal<CourseStaffState | undefined>,
) {
  const mine = signal<readonly CourseItem[]>([])
  const all = computed(() =>
    [...(course.value?.items ?? []), ...(backstage.value?.drafts ?? []), ...mine.value].sort(byPosition),
  )
  return { mine, all }
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

type CourseInput<V extends keyof typeof courseRoutes> = InputBefore<(typeof courseRoutes)[V]>
type PeopleInput<V extends keyof typeof peopleRoutes> = InputBefore<(typeof peopleRoutes)[V]>

export type { CourseId }

export const listCourses = (input: CourseInput<'list'>) => request(courseRoutes.list, input)

export async function createCourse(input: CourseInput<'create'>) {
  const made = await request(courseRoutes.create, input)
  void refreshBeside()
  return made.course
}

export async function joinCourse(code: string) {
  const joined = await request(peopleRoutes.join, { code })
  void refreshBeside()
  return joined
}

export async function changeCourse(input: CourseInput<'change'>) {
  const changed = await request(courseRoutes.change, input)
  void refreshBeside()
  return changed.course
}

export const createModule = (input: InputBefore<typeof outlineRoutes.createModule>) =>
  request(outlineRoutes.createModule, input)
export const changeModule = (input: InputBefore<typeof outlineRoutes.changeModule>) =>
  request(outlineRoutes.changeModule, input)

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

const publishedWords = ({ kind }: CourseItem) => (itemKind(kind)?.staffs ? 'courses.publishedMet' : 'courses.published')

/** Publishes or hides an item, with a notice that takes it back. */
export async function showItem(courseId: string, item: CourseItem, shown: 'published' | 'hidden'): Promise<void> {
  const published = shown === 'published'
  const input = { courseId, itemId: item.id }
  turn(item.id, published)
  const done = await attempt(() => request(published ? outlineRoutes.publishItem : outlineRoutes.hideItem, input))
  turn(item.id, undefined)
  if (!done) return
  showToast({
    text: t(published ? publishedWords(item) : 'courses.hidden', { title: item.title }),
    onUndo: () => void attempt(() => request(published ? outlineRoutes.hideItem : outlineRoutes.publishItem, input)),
  })
}

/** Removes an item, with a notice that brings it back. */
export async function removeItem(courseId: string, item: CourseItem): Promise<void> {
  const input = { courseId, itemId: item.id }
  if (!(await attempt(() => request(outlineRoutes.removeItem, input)))) return
  showToast({
    text: t('courses.removed', { title: item.title }),
    onUndo: () => void attempt(() => request(outlineRoutes.restoreItem, input)),
  })
}

/** Removes a module with all it holds, with a notice that brings it back. */
export async function removeModule(courseId: string, module: CourseModule): Promise<void> {
  const input = { courseId, moduleId: module.id }
  if (!(await attempt(() => request(outlineRoutes.removeModule, input)))) return
  showToast({
    text: t('courses.removed', { title: module.title }),
    onUndo: () => void attempt(() => request(outlineRoutes.restoreModule, input)),
  })
}

/** Puts a module of `modules` ahead of another, with a notice that puts it back; null is the end. */
export async function moveModule(
  courseId: string,
  { id: moduleId, title }: CourseModule,
  before: string | null,
  modules: readonly CourseModule[],
): Promise<void> {
  const stood = modules[modules.findIndex(one => one.id === moduleId) + 1]?.id ?? null
  const put = (ahead: string | null) => request(outlineRoutes.moveModule, { courseId, moduleId, before: ahead })
  if (!(await attempt(() => put(before)))) return
  showToast({ text: t('courses.moved', { title }), onUndo: () => void attempt(() => put(stood)) })
}

export const addHeading = (input: InputBefore<typeof outlineRoutes.addHeading>) =>
  request(outlineRoutes.addHeading, input)
export const changeHeading = (input: InputBefore<typeof outlineRoutes.changeHeading>) =>
  request(outlineRoutes.changeHeading, input)

export const listRemoved = (input: InputBefore<typeof outlineRoutes.removed>) => request(outlineRoutes.removed, input)

/** Brings back what was removed, with a notice that removes it again. Answers whether it is back. */
export async function restoreThing(courseId: string, { subject, id, title }: RemovedThing): Promise<boolean> {
  const act = (way: 'restore' | 'remove') =>
    subject === 'item'
      ? request(way === 'restore' ? outlineRoutes.restoreItem : outlineRoutes.removeItem, { courseId, itemId: id })
      : request(way === 'restore' ? outlineRoutes.restoreModule : outlineRoutes.removeModule, {
          courseId,
          moduleId: id,
        })
  if (!(await attempt(() => act('restore')))) return false
  showToast({ text: t('courses.broughtBack', { title }), onUndo: () => void attempt(() => act('remove')) })
  return true
}

export const listPeople = (input: PeopleInput<'people'>) => request(peopleRoutes.people, input)
/** The roles there are in a course, with how many hold each. */
export const listPeopleRoles = (courseId: string) => request(peopleRoutes.peopleRoles, { courseId })
/** What somebody is enrolled with. */
export type EnrolledRole = PeopleInput<'enrol'>['role']
export const enrolPerson = (input: PeopleInput<'enrol'>) => request(peopleRoutes.enrol, input)
export const changeRole = (input: PeopleInput<'changeRole'>) => request(peopleRoutes.changeRole, input)
export const changeEnd = (input: PeopleInput<'changeEnd'>) => request(peopleRoutes.changeEnd, input)
export const endEnrolment = (input: PeopleInput<'endEnrolment'>) => request(peopleRoutes.endEnrolment, input)
export const getJoinCode = (courseId: string) => request(peopleRoutes.getJoinCode, { courseId })
export const renewJoinCode = (courseId: string) => request(peopleRoutes.renewJoinCode, { courseId })
export const switchOffJoinCode = (courseId: string) => request(peopleRoutes.switchOffJoinCode, { courseId })

const roleTexts = {
  instructor: 'courses.instructor',
  assistant: 'courses.assistant',
  learner: 'courses.learner',
  guest: 'courses.guest',
} as const satisfies Record<CourseRole, string>

/** A role as a word. */
export const roleWord = (role: CourseRole): string => t(roleTexts[role])
