// What the client knows and does about the groups of a course. The only place that asks their routes.
import { useEffect, useMemo } from 'preact/hooks'
import { myCoursesTurn } from '#client/features/courses/mine.ts'
import { attempt, type CourseView, listPeople, useCourse } from '#client/features/courses/store.ts'
import { request, requestOf } from '#client/platform/call.ts'
import { scopeStore } from '#client/platform/realtime.ts'
import { locale, t } from '#client/platform/texts.ts'
import { type Loaded, useLoad, useReload } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { showToast } from '#client/ui/Toast.tsx'
import type { InputBefore, Output } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { CoursePerson } from '#protocol/courses/people.ts'
import { type CourseId, isOver } from '#protocol/courses.ts'
import {
  type Group,
  type GroupMember,
  type GroupPlace,
  type GroupSet,
  groupRoutes,
  groupsScope,
  groupsStaffScope,
} from '#protocol/groups.ts'

type GroupsInput<V extends keyof typeof groupRoutes> = InputBefore<(typeof groupRoutes)[V]>

export type OwnGroups = Output<typeof groupRoutes.mine>['groups']

const collator = new Intl.Collator(locale, { numeric: true })

/** Names in the reader's order, "Group 2" before "Group 10". */
export const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  collator.compare(a.name, b.name)

/** Everybody of the course, read to the end. */
async function everybody(courseId: CourseId): Promise<CoursePerson[]> {
  const all: CoursePerson[] = []
  let after: string | undefined
  do {
    const page = await listPeople({ courseId, limit: 200, ...(after === undefined ? {} : { after }) })
    all.push(...page.items)
    after = page.next
  } while (after !== undefined)
  return all
}

export interface GroupsView {
  readonly course: CourseView
  /** Those who see who is where. */
  readonly staff: boolean
  readonly sets: readonly GroupSet[]
  readonly groups: readonly Group[]
  /** Who is where; undefined for learners, and until it is known. */
  readonly members: readonly GroupMember[] | undefined
  /** For staff: the people of the course. */
  readonly people: Loaded<CoursePerson[]>
  /** For learners: their own. */
  readonly own: Loaded<OwnGroups>
  /** Groups that are kept from whoever looks, by what they say of their own: to come and go, and to manage. */
  readonly shut: ReadonlySet<string>
  readonly notManaged: ReadonlySet<string>
  readonly loaded: boolean
  readonly problem: ReturnType<typeof useScope<typeof groupsScope>>['problem']['value']
}

/** The groups of a course, live while the component is mounted. */
export function useGroups(courseId: CourseId): GroupsView {
  const course = useCourse(courseId)
  const may = course.standing.value?.capabilities ?? []
  const over = isOver(course.course.value?.course.state ?? 'published')
  // Of a course that is over staff see all of it and change none of it.
  const staff = course.staff && (over || may.includes('group.manage'))
  const scope = useScope(groupsScope, courseId)
  const backstage = scopeStore(groupsStaffScope, courseId)
  useEffect(() => (staff ? backstage.open() : undefined), [staff, backstage])
  const people = useLoad(staff ? courseId : null, () => everybody(courseId))
  // People came, went or changed their role.
  const arrivals = course.backstageHead.value
  useEffect(() => {
    if (staff && arrivals > 0) people.reload()
  }, [arrivals])
  const learner = course.standing.value !== undefined && !staff
  const mineOf = useLoad(course.standing.value ? courseId : null, () => request(groupRoutes.mine, { courseId }))
  const own = { ...mineOf, value: learner ? mineOf.value?.groups : undefined }
  const state = scope.state.value
  // What happens in other groups is no reason to ask again: many would, each time.
  const mine = new Set(own.value?.map(one => one.groupId))
  const changes = (state?.groups ?? []).filter(one => mine.has(one.id)).reduce((sum, one) => sum + one.changes, 0)
  useReload(mineOf, `${myCoursesTurn.value} ${changes}`)
  const groups = useMemo(() => [...(state?.groups ?? [])].sort(byName), [state])
  return {
    course,
    staff,
    sets: state?.sets ?? [],
    groups,
    members: backstage.state.value?.members,
    people,
    own,
    shut: new Set(mineOf.value?.shut),
    notManaged: new Set(mineOf.value?.notManaged),
    loaded: state !== undefined && (staff ? backstage.state.value !== undefined && !!people.value : !!own.value),
    problem: scope.problem.value ?? (staff ? (backstage.problem.value ?? people.problem) : own.problem),
  }
}

export const createSet = (input: GroupsInput<'createSet'>) => request(groupRoutes.createSet, input)
export const changeSet = (input: GroupsInput<'changeSet'>) => request(groupRoutes.changeSet, input)
export const createGroups = (input: GroupsInput<'create'>) => request(groupRoutes.create, input)
export const changeGroup = (input: GroupsInput<'change'>) => request(groupRoutes.change, input)
export const previewFill = (input: GroupsInput<'previewFill'>) => request(groupRoutes.previewFill, input)

/** Where the table of a set is, or of the sections. */
export const csvUrl = (courseId: string, setId: string | null): string =>
  requestOf(groupRoutes.csv, { courseId, ...(setId === null ? {} : { setId }) }).url

const takeOut = (courseId: CourseId, places: readonly GroupPlace[]) =>
  attempt(() => request(groupRoutes.takeOut, { courseId, places: [...places] }))

const place = (courseId: CourseId, groupId: string, accountIds: readonly AccountId[]) =>
  attempt(() => request(groupRoutes.place, { courseId, groupId, accountIds: [...accountIds] }))

interface Person {
  readonly accountId: AccountId
  readonly name: string
}

/** Puts somebody into a group, with a notice that puts them back where they were. Answers whether it was done. */
export async function movePerson(
  courseId: CourseId,
  { person, from, into }: { person: Person; from: Group | undefined; into: Group },
): Promise<boolean> {
  const { accountId, name } = person
  if (!(await place(courseId, into.id, [accountId]))) return false
  showToast({
    text: t('groups.moved', { name, group: into.name }),
    onUndo: () =>
      void (from ? place(courseId, from.id, [accountId]) : takeOut(courseId, [{ groupId: into.id, accountId }])),
  })
  return true
}

/** Puts people who are in no group of the set into one, with a notice that takes them out. Answers whether it was done. */
export async function addPeople(courseId: CourseId, into: Group, accountIds: readonly AccountId[]): Promise<boolean> {
  if (!(await place(courseId, into.id, accountIds))) return false
  showToast({
    text: t('groups.placed', { count: accountIds.length, group: into.name }),
    onUndo: () =>
      void takeOut(
        courseId,
        accountIds.map(accountId => ({ groupId: into.id, accountId })),
      ),
  })
  return true
}

/** Takes somebody out of a group, with a notice that puts them back. */
export async function takePersonOut(courseId: CourseId, person: Person, from: Group): Promise<void> {
  const { accountId, name } = person
  if (!(await takeOut(courseId, [{ groupId: from.id, accountId }]))) return
  showToast({
    text: t('groups.takenOut', { name, group: from.name }),
    onUndo: () => void place(courseId, from.id, [accountId]),
  })
}

/** Puts people where the preview said, with a notice that takes them out again. Answers whether it was done. */
export async function fillSet(courseId: CourseId, setId: string, places: readonly GroupPlace[]): Promise<boolean> {
  return attempt(async () => {
    const done = await request(groupRoutes.fill, { courseId, setId, places: [...places] })
    showToast({
      text: t('groups.filled', { count: done.places.length }),
      ...(done.places.length > 0 ? { onUndo: () => void takeOut(courseId, done.places) } : {}),
    })
  })
}

/** Makes somebody the leader of their group, or nobody. */
export const leadGroup = (courseId: CourseId, groupId: string, accountId: AccountId | null) =>
  attempt(() => request(groupRoutes.lead, { courseId, groupId, accountId }))

/** Copies a set, with a notice that takes the copy away. */
export async function cloneSet(courseId: CourseId, set: GroupSet, members: 'same' | 'none'): Promise<void> {
  await attempt(async () => {
    const name = t('groups.cloneName', { name: set.name }).slice(0, 100)
    const made = await request(groupRoutes.cloneSet, { courseId, setId: set.id, name, members })
    const ofSet = { courseId, setId: made.set.id }
    showToast({
      text: t('groups.cloned', { name }),
      onUndo: () => void attempt(() => request(groupRoutes.removeSet, ofSet)),
    })
  })
}

/** Removes a set, with a notice that brings it back. */
export async function removeSet(courseId: CourseId, set: GroupSet): Promise<void> {
  const ofSet = { courseId, setId: set.id }
  if (!(await attempt(() => request(groupRoutes.removeSet, ofSet)))) return
  showToast({
    text: t('groups.removed', { name: set.name }),
    onUndo: () => void attempt(() => request(groupRoutes.restoreSet, ofSet)),
  })
}

/** Removes a group, with a notice that brings it back with its people. */
export async function removeGroup(courseId: CourseId, group: Group): Promise<void> {
  const ofGroup = { courseId, groupId: group.id }
  if (!(await attempt(() => request(groupRoutes.remove, ofGroup)))) return
  showToast({
    text: t('groups.removed', { name: group.name }),
    onUndo: () => void attempt(() => request(groupRoutes.restore, ofGroup)),
  })
}

/** Goes into a group oneself, with a notice that leads back to where one was. */
export async function joinGroup(courseId: CourseId, into: Group, from: Group | undefined): Promise<void> {
  const join = (group: Group) => attempt(() => request(groupRoutes.join, { courseId, groupId: group.id }))
  const leave = () => attempt(() => request(groupRoutes.leave, { courseId, groupId: into.id }))
  if (!(await join(into))) return
  showToast({ text: t('groups.joined', { name: into.name }), onUndo: () => void (from ? join(from) : leave()) })
}

/** Goes out of a group oneself, with a notice that leads back. */
export async function leaveGroup(courseId: CourseId, group: Group): Promise<void> {
  const ofGroup = { courseId, groupId: group.id }
  if (!(await attempt(() => request(groupRoutes.leave, ofGroup)))) return
  showToast({
    text: t('groups.left', { name: group.name }),
    onUndo: () => void attempt(() => request(groupRoutes.join, ofGroup)),
  })
}
