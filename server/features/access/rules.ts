// What a person may do in a place, decided from the roles they hold on the way up from it. Pure. Roles are sets of
// capabilities; what a place changes about a role (prevent, prohibit, allow) is an override, and custom roles are
// entries of a role book: neither changes a caller.
import { type Capability, type CourseRole, capabilities, courseRoles, type SiteRole } from '#protocol/base/roles.ts'

export const contextKinds = ['site', 'department', 'course', 'group', 'item'] as const
export type ContextKind = (typeof contextKinds)[number]

/** A place in the tree: site > department > course > group > item. */
export interface ContextRef {
  readonly kind: ContextKind
  readonly id: string
}

/** The root of the tree. */
export const site: ContextRef = { kind: 'site', id: '00000000-0000-0000-0000-000000000000' }

/**
 * What a place says about one capability of one role. `inherit`: as further up, at last the role itself. `prevent`
 * takes it away from here down, and a deeper `allow` gives it back; `prohibit` takes it away for good.
 */
export type Permission = 'inherit' | 'allow' | 'prevent' | 'prohibit'

/** A role held `depth` places above the place in question; 0 is the place itself. */
export interface Held {
  readonly role: string
  readonly depth: number
}

export interface Override {
  readonly role: string
  readonly capability: Capability
  readonly permission: Permission
  readonly depth: number
}

/** What a role gives where no place says otherwise. */
export type RoleBook = ReadonlyMap<string, ReadonlySet<Capability>>

const everything: ReadonlySet<Capability> = new Set(capabilities)

/** Site roles hold everywhere. A member may open a course of their own; a guest may nothing beyond what they joined. */
export const siteRoleGrants: Readonly<Record<SiteRole, ReadonlySet<Capability>>> = {
  administrator: everything,
  member: new Set<Capability>(['course.create']),
  guest: new Set<Capability>(),
}

const learning: readonly Capability[] = [
  'course.view',
  'group.join',
  'activity.view',
  'activity.answer',
  'live.join',
  'channel.read',
  'channel.write',
  'channel.attach',
  'note.write',
]

const teaching: readonly Capability[] = [
  'course.view',
  'course.view-people',
  'group.manage',
  'content.change',
  'activity.view',
  'activity.change',
  'live.host',
  'live.join',
  'grade.view-all',
  'grade.change',
  'grade.release',
  'channel.read',
  'channel.write',
  'channel.attach',
  'channel.moderate',
  'note.write',
]

/** A course's guest takes part in the class they joined and sees nothing of the course around it. */
export const courseRoleGrants: Readonly<Record<CourseRole, ReadonlySet<Capability>>> = {
  instructor: new Set<Capability>([
    ...teaching,
    'course.use-template',
    'course.change',
    'attendance.change',
    'course.enrol',
    'course.publish',
    'course.conclude',
    'course.remove',
  ]),
  assistant: new Set(teaching),
  learner: new Set(learning),
  guest: new Set<Capability>(['activity.view', 'activity.answer', 'live.join', 'channel.read', 'channel.write']),
}

/** The roles every Lectern has, with what every member holds. */
export const builtInRoles: RoleBook = new Map([...Object.entries(courseRoleGrants), ['member', siteRoleGrants.member]])

/** What a role comes to where these overrides hold: what whoever gives it away must have themselves. */
export const worthOf = (role: string, { overrides = [], roles = builtInRoles }: Omit<Question, 'held' | 'siteRole'>) =>
  decideAll({ siteRole: 'guest', held: [{ role, depth: 0 }], overrides, roles })

/**
 * A role of a course is had there by enrolment, and guests of a class come by its code; what every member has is given
 * to nobody. Everything else is given in any place.
 */
export const mayBeGiven = (role: string, kind: ContextKind): boolean =>
  role !== 'member' && role !== 'guest' && (kind !== 'course' || !isCourseRole(role))

/** Nobody gives what they have not: the capabilities of `wanted` that are missing in `own`. */
export const beyond = (own: readonly Capability[], wanted: readonly Capability[]): Capability[] =>
  wanted.filter(one => !own.includes(one))

/** The roles somebody is enrolled with in a course: guests of a class come by its code. */
export type EnrolledRole = Exclude<CourseRole, 'guest'>

/** Whether somebody may be in a course with a role made here: one that is based on a role people are enrolled with. */
export const fitsCourse = (basedOn: string): basedOn is EnrolledRole => isCourseRole(basedOn) && basedOn !== 'guest'

/** What learners do for themselves alone. Who teaches does none of it and lets them in all the same. */
export const forOneself: ReadonlySet<Capability> = new Set<Capability>(['activity.answer', 'group.join'])

/** What speaks against somebody giving a role here, or taking it away: what it comes to that they may not do themselves. */
export const beyondGiving = (giver: Question, role: string, law: Omit<Question, 'held' | 'siteRole'>): Capability[] =>
  beyond(decideAll(giver), worthOf(role, law)).filter(one => !forOneself.has(one))

export interface Question {
  /** Undefined for somebody who is not signed in. */
  readonly siteRole: SiteRole | undefined
  readonly held: readonly Held[]
  readonly overrides?: readonly Override[]
  readonly roles?: RoleBook
}

const strictness: Readonly<Record<Permission, number>> = { inherit: 0, allow: 1, prevent: 2, prohibit: 3 }

/** The nearest place that says anything about one capability of a role; of two in one place the stricter. */
function nearestOverride(role: string, capability: Capability, overrides: readonly Override[]): Override | undefined {
  let nearest: Override | undefined
  for (const one of overrides) {
    if (one.role !== role || one.capability !== capability || one.permission === 'inherit') continue
    const nearer = !nearest || one.depth < nearest.depth
    if (nearer || (one.depth === nearest?.depth && strictness[one.permission] > strictness[nearest.permission]))
      nearest = one
  }
  return nearest
}

/** What decides, and how. `depth` is that of the override, `heldAt` that of the role; absent for what everybody holds. */
export type Because =
  | { readonly allowed: false; readonly why: 'nobody' }
  /** With the nearest of the roles that do not allow it, where there is one. */
  | { readonly allowed: false; readonly why: 'nothing'; readonly role?: string; readonly heldAt?: number }
  | { readonly allowed: true; readonly why: 'administrator' }
  | {
      readonly allowed: boolean
      readonly why: 'prohibited' | 'rule' | 'prevented'
      readonly role: string
      readonly heldAt?: number
      readonly depth: number
    }
  | { readonly allowed: true; readonly why: 'role'; readonly role: string; readonly heldAt?: number }
  | { readonly allowed: false; readonly why: 'not-published' | 'concluded' | 'removed' }

/** The role at the site of somebody: who is suspended or erased is nobody, whatever they hold. */
export const siteRoleLeft = (siteRole: SiteRole, { gone }: { readonly gone: boolean }): SiteRole | undefined =>
  gone ? undefined : siteRole

interface HeldOnce {
  readonly role: string
  readonly heldAt?: number
}

// Each role once, where it is nearest; in one order, whatever order they were read in.
function heldOnce({ siteRole, held }: Question): HeldOnce[] {
  const nearest = new Map<string, number>()
  for (const { role, depth } of held) nearest.set(role, Math.min(depth, nearest.get(role) ?? depth))
  const found: HeldOnce[] = [...nearest]
    .sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))
    .map(([role, heldAt]) => ({ role, heldAt }))
  return siteRole === 'member' ? [...found, { role: siteRole }] : found
}

/**
 * May this person do `capability` here, and what decides it? Administrators may everything everywhere. A `prohibit` on a
 * held role outweighs every other role; otherwise one role that allows it is enough, whatever the others prevent.
 */
export function explain(question: Question, capability: Capability): Because {
  const { siteRole, overrides = [], roles = builtInRoles } = question
  if (siteRole === undefined) return { allowed: false, why: 'nobody' }
  if (siteRole === 'administrator') return { allowed: true, why: 'administrator' }
  const held = heldOnce(question)
  for (const one of held) {
    const prohibit = overrides.find(
      rule => rule.permission === 'prohibit' && rule.role === one.role && rule.capability === capability,
    )
    if (prohibit) return { allowed: false, why: 'prohibited', ...one, depth: prohibit.depth }
  }
  let prevented: Because | undefined
  for (const one of held) {
    const nearest = nearestOverride(one.role, capability, overrides)
    if (nearest?.permission === 'allow') return { allowed: true, why: 'rule', ...one, depth: nearest.depth }
    if (nearest) prevented ??= { allowed: false, why: 'prevented', ...one, depth: nearest.depth }
    else if (roles.get(one.role)?.has(capability)) return { allowed: true, why: 'role', ...one }
  }
  return prevented ?? { allowed: false, why: 'nothing', ...held.find(one => one.heldAt !== undefined) }
}

/** Whether `explain` says yes. */
export const decide = (question: Question, capability: Capability): boolean => explain(question, capability).allowed

/**
 * Whether rules take something from this person, rather than nobody having given it: for what needs no role of its own, such
 * as what two people do between themselves.
 */
export const takenByRule = (question: Question, capability: Capability): boolean => {
  const { why } = explain(question, capability)
  return why === 'prohibited' || why === 'prevented'
}

/** Everything `decide` says yes to. */
export const decideAll = (question: Question): Capability[] => capabilities.filter(one => decide(question, one))

/** May they so much as know that the place exists? Whoever holds a role there or above does. */
export const mayKnow = (question: Question): boolean =>
  question.siteRole === 'administrator' || question.held.length > 0

/** Whether a role is one of those a person has in a course by enrolment. */
export const isCourseRole = (role: string): role is CourseRole => courseRoles.some(one => one === role)

/** The role nearest to the place. */
export function nearestRole<R extends string>(held: readonly { readonly role: R; readonly depth: number }[]) {
  let nearest: { readonly role: R; readonly depth: number } | undefined
  for (const one of held) if (!nearest || one.depth < nearest.depth) nearest = one
  return nearest?.role
}

/**
 * How far the life of a place has come; what lies below shares in it. `draft`: for those who prepare it. `concluded`:
 * read by everybody, changed by nobody. `removed`: in the bin, for those alone who may take it out again.
 */
export const phases = ['open', 'concluded', 'draft', 'removed'] as const
export type Phase = (typeof phases)[number]

/** The strictest of the places on the way up. */
export const strictest = (found: readonly Phase[]): Phase =>
  found.reduce<Phase>((most, one) => (phases.indexOf(one) > phases.indexOf(most) ? one : most), 'open')

/** What changes nothing, and what leads a place through its life: these are never over. */
const neverOver: ReadonlySet<Capability> = new Set<Capability>([
  'course.view',
  'course.view-people',
  'course.publish',
  'course.conclude',
  'course.remove',
  'activity.view',
  'grade.view-all',
  'channel.read',
  'site.manage',
])

/** Why not, where it is not `allowed`: each is a cause of its own. `hidden`: they may not so much as know of the place. */
export type Judgement = 'allowed' | 'refused' | 'not-published' | 'concluded' | 'hidden'

/** What the life of a place leaves of what `decide` says. `doing`: whether anything is written. */
export function judge(
  question: Question & { readonly phase?: Phase },
  capability: Capability,
  doing: 'reading' | 'writing',
): Judgement {
  const { phase = 'open' } = question
  if (phase === 'removed' && !(capability === 'course.remove' && decide(question, capability))) return 'hidden'
  // A template is a draft for good: who may use it need not be one of those who prepare it.
  const shown = capability === 'course.use-template' || decide(question, 'content.change')
  if (phase === 'draft' && !shown) return mayKnow(question) ? 'not-published' : 'hidden'
  if (!decide(question, capability)) return 'refused'
  return phase === 'concluded' && doing === 'writing' && !neverOver.has(capability) ? 'concluded' : 'allowed'
}

/** What `explain` says of somebody who would do it now: where it allows what the place's life refuses, that is why. */
export function explainNow(question: Question & { readonly phase?: Phase }, capability: Capability): Because {
  const because = explain(question, capability)
  const { phase = 'open' } = question
  if (!because.allowed || phase === 'open' || judge(question, capability, 'writing') === 'allowed') return because
  return { allowed: false, why: phase === 'draft' ? 'not-published' : phase }
}
