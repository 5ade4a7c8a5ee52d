// What holds of groups, from plain data: who may come in, who goes where by chance, and who still fits. Pure: chance is
// handed in.
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import type { CourseRole } from '#protocol/base/roles.ts'
import type { GroupId, GroupPlace } from '#protocol/groups.ts'

/** The sections of each person; who is in none may be missing. */
export type SectionsOf = ReadonlyMap<AccountId, readonly GroupId[]>

export interface GroupNow {
  readonly id: GroupId
  readonly name: string
  readonly members: readonly AccountId[]
}

/** What a set asks of its groups. */
export interface SetTerms {
  readonly most: number | null
  readonly withinSections: boolean
}

/** Groups hold learners; sections everybody but guests, who took part in one class alone. Throws `learners-only`. */
export function demandOfCourse(of: 'section' | 'group', roles: readonly (CourseRole | undefined)[]): void {
  const fits = (role: CourseRole | undefined) =>
    role === 'learner' || (of === 'section' && role !== undefined && role !== 'guest')
  demand(roles.every(fits), 'learners-only')
}

/** The sections that all of these people are in. */
function shared(people: readonly AccountId[], sectionsOf: SectionsOf): readonly GroupId[] {
  const [first, ...others] = people
  if (first === undefined) return []
  return (sectionsOf.get(first) ?? []).filter(one => others.every(id => sectionsOf.get(id)?.includes(one)))
}

/** Whether people can be one group where groups stay within a section. */
export const fitTogether = (people: readonly AccountId[], sectionsOf: SectionsOf): boolean =>
  people.length === 0 || shared(people, sectionsOf).length > 0

/** Throws `group-full` or `other-section` where those who come do not fit in; `coming` are new to the group. */
export function demandFit(
  group: GroupNow,
  coming: readonly AccountId[],
  { most, withinSections }: SetTerms,
  sectionsOf: SectionsOf,
): void {
  if (coming.length === 0) return
  const all = [...group.members, ...coming]
  demand(most === null || all.length <= most, 'group-full', { params: { name: group.name, most: most ?? 0 } })
  demand(!withinSections || fitTogether(all, sectionsOf), 'other-section', { params: { name: group.name } })
}

/** Of these places, in order, those where there is room now. */
export function fitting(
  places: readonly GroupPlace[],
  now: readonly GroupNow[],
  { most, withinSections }: SetTerms,
  sectionsOf: SectionsOf,
): GroupPlace[] {
  const held = new Map(now.map(one => [one.id, [...one.members]]))
  const placed = new Set(now.flatMap(one => one.members))
  return places.filter(({ groupId, accountId }) => {
    const members = held.get(groupId)
    if (!members || placed.has(accountId)) return false
    if (most !== null && members.length >= most) return false
    if (withinSections && !fitTogether([...members, accountId], sectionsOf)) return false
    members.push(accountId)
    placed.add(accountId)
    return true
  })
}

/** A whole number from 0 up to, not including, `below`. */
export type Pick = (below: number) => number

function shuffled<T>(all: readonly T[], pick: Pick): T[] {
  const list = [...all]
  for (let at = list.length - 1; at > 0; at--) {
    const other = pick(at + 1)
    const [one, two] = [list[at], list[other]]
    if (one === undefined || two === undefined) continue
    list[at] = two
    list[other] = one
  }
  return list
}

interface Filling {
  readonly id: GroupId
  readonly members: AccountId[]
}

/** The least full of these with room; of equals the first. */
function emptiest(among: readonly Filling[], most: number | null): Filling | undefined {
  let found: Filling | undefined
  for (const one of among)
    if ((most === null || one.members.length < most) && (!found || one.members.length < found.members.length))
      found = one
  return found
}

/**
 * Gives groups to sections where groups stay within one: a group that has members belongs to a section they share, an
 * empty one goes where most people wait for each group.
 */
function bySection(groups: readonly Filling[], waiting: ReadonlyMap<GroupId, number>, sectionsOf: SectionsOf) {
  const given = new Map<GroupId, Filling[]>([...waiting.keys()].map(id => [id, []]))
  for (const one of groups) {
    if (one.members.length === 0) continue
    const home = shared(one.members, sectionsOf).find(id => given.has(id))
    if (home !== undefined) given.get(home)?.push(one)
  }
  for (const one of groups.filter(group => group.members.length === 0)) {
    let neediest: GroupId | undefined
    const need = (id: GroupId) => (waiting.get(id) ?? 0) / (0.5 + (given.get(id)?.length ?? 0))
    for (const id of waiting.keys()) if (neediest === undefined || need(id) > need(neediest)) neediest = id
    if (neediest !== undefined) given.get(neediest)?.push(one)
  }
  return given
}

/**
 * Who goes where when those in no group are spread over the groups by chance, as evenly as what is there allows: each in
 * turn goes to the group that is least full. `left`: for whom there is no room, and, within sections, who is in none.
 */
export function planFill(
  groups: readonly GroupNow[],
  people: readonly AccountId[],
  { most, withinSections }: SetTerms,
  sectionsOf: SectionsOf,
  pick: Pick,
): { places: GroupPlace[]; left: AccountId[] } {
  const filling: Filling[] = groups.map(({ id, members }) => ({ id, members: [...members] }))
  const queue = shuffled(people, pick)
  const homeOf = (id: AccountId): GroupId | undefined => sectionsOf.get(id)?.[0]
  const waiting = new Map<GroupId, number>()
  for (const id of [...people].sort()) {
    const home = homeOf(id)
    if (home !== undefined) waiting.set(home, (waiting.get(home) ?? 0) + 1)
  }
  const given = withinSections ? bySection(filling, waiting, sectionsOf) : undefined
  const places: GroupPlace[] = []
  const left: AccountId[] = []
  for (const accountId of queue) {
    const home = homeOf(accountId)
    const among = given ? (home === undefined ? [] : (given.get(home) ?? [])) : filling
    const into = emptiest(among, most)
    if (!into) {
      left.push(accountId)
      continue
    }
    into.members.push(accountId)
    places.push({ groupId: into.id, accountId })
  }
  return { places, left }
}
