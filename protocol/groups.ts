// Sections, groups and group sets of a course on the wire. What everybody in the course may know (which groups there are,
// how full) travels in one scope; who is in them in another, for those who manage groups. Learners read their own alone.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from './base/call.ts'
import { accountId, idSchema, line, nothing, version } from './base/ids.ts'
import { defineScope, type EventMeta, type EventOf } from './base/scope.ts'
import { courseId } from './courses.ts'

export const groupSetId = idSchema<'GroupSet'>()
export type GroupSetId = z.infer<typeof groupSetId>

export const groupId = idSchema<'Group'>()
export type GroupId = z.infer<typeof groupId>

/** Who puts a learner into a group of the set: its staff, or the learners themselves and staff. */
export const signUp = z.enum(['staff', 'learners'])
export type SignUp = z.infer<typeof signUp>

/** Most groups and sections of a course: all of them are read at once. */
export const mostGroups = 400
/** Most sets of a course, which stand as tabs beside one another. */
export const mostSets = 40
/** Most people that one act moves. */
export const mostMoved = 1_000

/** A partition of learners: each is in at most one of its groups. */
export const groupSet = z.object({
  id: groupSetId,
  name: z.string(),
  signUp,
  /** Most members of a group; null for no limit. */
  most: z.nullable(z.int()),
  /** All members of a group share a section. */
  withinSections: z.boolean(),
  version,
})
export type GroupSet = z.infer<typeof groupSet>

export const group = z.object({
  id: groupId,
  /** Null for a section: a part of the course for its administration, and people may be in several. */
  setId: z.nullable(groupSetId),
  name: z.string(),
  members: z.int(),
  /** Grows with each change of who is in it or leads it: a reason to read the members again. */
  changes: z.int(),
  version,
})
export type Group = z.infer<typeof group>

export const groupMember = z.object({ groupId, accountId, leads: z.boolean() })
export type GroupMember = z.infer<typeof groupMember>

/** Somebody in a group, or to be put there. */
export const groupPlace = z.object({ groupId, accountId })
export type GroupPlace = z.infer<typeof groupPlace>

// --- the scope of everybody in the course -------------------------------------------------------------------------

const groupsState = z.object({ sets: z.array(groupSet), groups: z.array(group) })
export type GroupsState = z.infer<typeof groupsState>

const groupsFeeds = {
  /** Also a set that was brought back, with its groups. */
  setCreated: z.object({ set: groupSet, groups: z.array(group) }),
  setChanged: z.object({ set: groupSet }),
  setRemoved: z.object({ id: groupSetId }),
  /** Also one that was brought back. */
  groupsCreated: z.object({ groups: z.array(group) }),
  groupChanged: z.object({ group }),
  groupRemoved: z.object({ id: groupId }),
  groupsCounted: z.object({
    counts: z.array(z.object({ id: groupId, members: z.int(), changes: z.int() })),
  }),
}

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1)

/** What was there and what came, each once, in the order of ids: that in which they were made. */
function joined<T extends { readonly id: string }>(before: readonly T[], came: readonly T[]): T[] {
  const ids = new Set(came.map(one => one.id))
  return [...before.filter(one => !ids.has(one.id)), ...came].sort(byId)
}

/** Folds one event into what everybody in the course sees of its groups. Pure. */
export function applyToGroups(state: GroupsState, event: EventOf<typeof groupsFeeds> & EventMeta): GroupsState {
  switch (event.kind) {
    case 'setCreated':
      return { sets: joined(state.sets, [event.body.set]), groups: joined(state.groups, event.body.groups) }
    case 'setChanged':
      return { ...state, sets: joined(state.sets, [event.body.set]) }
    case 'setRemoved': {
      const { id } = event.body
      return { sets: state.sets.filter(one => one.id !== id), groups: state.groups.filter(one => one.setId !== id) }
    }
    case 'groupsCreated':
      return { ...state, groups: joined(state.groups, event.body.groups) }
    case 'groupChanged':
      return { ...state, groups: joined(state.groups, [event.body.group]) }
    case 'groupRemoved': {
      const { id } = event.body
      return { ...state, groups: state.groups.filter(one => one.id !== id) }
    }
    case 'groupsCounted': {
      const counts = new Map(event.body.counts.map(one => [one.id, one]))
      return { ...state, groups: state.groups.map(one => ({ ...one, ...counts.get(one.id) })) }
    }
  }
}

/** Everyone who may view the course. No names of people: who is in it is not for all who are in it. */
export const groupsScope = defineScope({
  name: 'groups',
  state: groupsState,
  feeds: groupsFeeds,
  fleeting: {},
  apply: applyToGroups,
})

// --- the scope of those who manage groups -------------------------------------------------------------------------

const groupsStaffState = z.object({ members: z.array(groupMember) })
export type GroupsStaffState = z.infer<typeof groupsStaffState>

const groupsStaffFeeds = {
  /** First those who went, then those who came; who leads or no longer does comes again. */
  membersMoved: z.object({ out: z.array(groupPlace), into: z.array(groupMember) }),
  /** Groups that were removed. */
  groupsEmptied: z.object({ groupIds: z.array(groupId) }),
}

const placeKey = (one: GroupPlace): string => `${one.groupId} ${one.accountId}`

/** Folds one event into who is in which group. Pure. */
export function applyToGroupsStaff(
  state: GroupsStaffState,
  event: EventOf<typeof groupsStaffFeeds> & EventMeta,
): GroupsStaffState {
  switch (event.kind) {
    case 'membersMoved': {
      const { out, into } = event.body
      const gone = new Set([...out, ...into].map(placeKey))
      return { members: [...state.members.filter(one => !gone.has(placeKey(one))), ...into].sort(byPlace) }
    }
    case 'groupsEmptied': {
      const gone = new Set(event.body.groupIds)
      return { members: state.members.filter(one => !gone.has(one.groupId)) }
    }
  }
}

/** The order of members: by group, then by account. */
export const byPlace = (a: GroupPlace, b: GroupPlace): number => (placeKey(a) < placeKey(b) ? -1 : 1)

/** Those who may manage the groups of the course: who is in which. Names are read with the people of the course. */
export const groupsStaffScope = defineScope({
  name: 'groups-staff',
  state: groupsStaffState,
  feeds: groupsStaffFeeds,
  fleeting: {},
  apply: applyToGroupsStaff,
})

// --- routes -------------------------------------------------------------------------------------------------------

const inCourse = { courseId }
const ofSet = { courseId, setId: groupSetId }
const ofGroup = { courseId, groupId }
export const groupName = line(100)
const most = z.nullable(z.int().check(z.minimum(1), z.maximum(mostMoved)))
/** What a set says of its groups. */
export const groupSettings = { signUp, most, withinSections: z.boolean() }
const names = z.array(groupName).check(z.maxLength(100))
const places = z.array(z.strictObject({ groupId, accountId })).check(z.minLength(1), z.maxLength(mostMoved))

export const groupRoutes = defineRoutes('groups', {
  /** The groups and sections one is in, who else is in the groups, and which are kept from one. */
  mine: route(
    'GET',
    '/courses/:courseId/groups/mine',
    read(
      z.strictObject(inCourse),
      z.object({
        groups: z.array(
          z.object({
            groupId,
            /** By name; none for a section. */
            members: z.array(z.object({ accountId, name: z.string(), leads: z.boolean() })),
          }),
        ),
        /** Into and out of which whoever asks may not go by themselves, for what a group says of its own. */
        shut: z._default(z.array(groupId), []),
        /** Which they may not manage for the same reason. */
        notManaged: z._default(z.array(groupId), []),
      }),
    ),
  ),
  createSet: route(
    'POST',
    '/courses/:courseId/group-sets',
    write(
      z.strictObject({
        ...inCourse,
        name: groupName,
        signUp: z._default(signUp, 'staff'),
        most: z._default(most, null),
        withinSections: z._default(z.boolean(), false),
        /** Names of its first groups. */
        groups: z._default(names, []),
      }),
      z.object({ set: groupSet }),
    ),
  ),
  /** A lower limit or a tie to sections holds for who comes from now on: nobody is taken out. */
  changeSet: route(
    'PATCH',
    '/courses/:courseId/group-sets/:setId',
    write(
      z.strictObject({
        ...ofSet,
        version,
        name: z.optional(groupName),
        signUp: z.optional(signUp),
        most: z.optional(most),
        withinSections: z.optional(z.boolean()),
      }),
      z.object({ set: groupSet }),
    ),
  ),
  removeSet: route('DELETE', '/courses/:courseId/group-sets/:setId', write(z.strictObject(ofSet), nothing)),
  restoreSet: route('POST', '/courses/:courseId/group-sets/:setId/restore', write(z.strictObject(ofSet), nothing)),
  cloneSet: route(
    'POST',
    '/courses/:courseId/group-sets/:setId/clone',
    write(
      z.strictObject({ ...ofSet, name: groupName, members: z._default(z.enum(['same', 'none']), 'same') }),
      z.object({ set: groupSet }),
    ),
  ),
  /** Who would go where: learners in no group of the set, at random and evenly. Nothing is written. */
  previewFill: route(
    'GET',
    '/courses/:courseId/group-sets/:setId/fill',
    read(
      z.strictObject({ ...ofSet, withinSections: z._default(z.stringbool(), false) }),
      z.object({
        places: z.array(groupPlace),
        /** For whom no group has room, or who are in no section. */
        left: z.array(accountId),
      }),
    ),
  ),
  /** Puts those there who are still in no group of the set, where there is still room. Answers who came. */
  fill: route(
    'POST',
    '/courses/:courseId/group-sets/:setId/fill',
    write(z.strictObject({ ...ofSet, places }), z.object({ places: z.array(groupPlace) })),
  ),
  /** Into a set, or sections without one. */
  create: route(
    'POST',
    '/courses/:courseId/groups',
    write(
      z.strictObject({ ...inCourse, setId: z._default(z.nullable(groupSetId), null), names }),
      z.object({ groups: z.array(group) }),
    ),
  ),
  change: route(
    'PATCH',
    '/courses/:courseId/groups/:groupId',
    write(z.strictObject({ ...ofGroup, version, name: groupName }), z.object({ group })),
  ),
  remove: route('DELETE', '/courses/:courseId/groups/:groupId', write(z.strictObject(ofGroup), nothing)),
  /** With its people, but for those who are in another group of the set by now. */
  restore: route('POST', '/courses/:courseId/groups/:groupId/restore', write(z.strictObject(ofGroup), nothing)),
  /** Out of the group of the same set they are in, if any. */
  place: route(
    'POST',
    '/courses/:courseId/groups/:groupId/members',
    write(
      z.strictObject({
        ...ofGroup,
        accountIds: z.array(accountId).check(z.minLength(1), z.maxLength(mostMoved)),
      }),
      nothing,
    ),
  ),
  takeOut: route('POST', '/courses/:courseId/groups/take-out', write(z.strictObject({ ...inCourse, places }), nothing)),
  /** Somebody who is in it; null for nobody. */
  lead: route(
    'POST',
    '/courses/:courseId/groups/:groupId/leader',
    write(z.strictObject({ ...ofGroup, accountId: z.nullable(accountId) }), nothing),
  ),
  /** Oneself, out of the group of the same set one is in, if any. */
  join: route('POST', '/courses/:courseId/groups/:groupId/join', write(z.strictObject(ofGroup), nothing)),
  leave: route('POST', '/courses/:courseId/groups/:groupId/leave', write(z.strictObject(ofGroup), nothing)),
  /** Groups of a set, or the sections without one, with who is in them. */
  csv: route(
    'GET',
    '/courses/:courseId/groups.csv',
    read(z.strictObject({ ...inCourse, setId: z.optional(groupSetId) }), z.unknown()),
  ),
})
