// What a person may do in a place, decided from the roles they hold on the way up from it. Pure. Roles are sets of
// capabilities; what a place changes about a role (prevent, prohibit, allow) is an override, and custom roles are
// entries of a role book: neither changes a caller.
import { type Capability, type CourseRole, capabilities, type Role, type SiteRole } from '#protocol/base/roles.ts'

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
  'activity.view',
  'activity.answer',
  'live.join',
  'channel.read',
  'channel.write',
  'note.write',
]

const teaching: readonly Capability[] = [
  'course.view',
  'course.view-people',
  'content.change',
  'activity.view',
  'activity.change',
  'live.host',
  'live.join',
  'grade.view-all',
  'grade.change',
  'channel.read',
  'channel.write',
  'channel.moderate',
  'note.write',
]

/** A course's guest takes part in the class they joined and sees nothing of the course around it. */
export const courseRoleGrants: Readonly<Record<CourseRole, ReadonlySet<Capability>>> = {
  instructor: new Set<Capability>([
    ...teaching,
    'course.change',
    'course.enrol',
    'course.publish',
    'course.conclude',
    'course.remove',
    'course.reset',
  ]),
  assistant: new Set(teaching),
  learner: new Set(learning),
  guest: new Set<Capability>(['activity.view', 'activity.answer', 'live.join', 'channel.read', 'channel.write']),
}

/** The roles every Lectern has. */
export const builtInRoles: RoleBook = new Map(Object.entries(courseRoleGrants))

export interface Question {
  /** Undefined for somebody who is not signed in. */
  readonly siteRole: SiteRole | undefined
  readonly held: readonly Held[]
  readonly overrides?: readonly Override[]
  readonly roles?: RoleBook
}

// The nearest place that says anything decides; without one, the role itself.
function permissionOf(role: string, capability: Capability, overrides: readonly Override[], roles: RoleBook): boolean {
  let nearest: Override | undefined
  for (const override of overrides) {
    if (override.role !== role || override.capability !== capability || override.permission === 'inherit') continue
    if (!nearest || override.depth < nearest.depth) nearest = override
  }
  return nearest ? nearest.permission === 'allow' : (roles.get(role)?.has(capability) ?? false)
}

/**
 * May this person do `capability` here? Administrators may everything everywhere. A `prohibit` on a held role outweighs
 * every other role; otherwise one role that allows it is enough, whatever the others prevent.
 */
export function decide(question: Question, capability: Capability): boolean {
  const { siteRole, held, overrides = [], roles = builtInRoles } = question
  if (siteRole === undefined) return false
  if (siteRole === 'administrator') return true
  const holds = new Set(held.map(one => one.role))
  const prohibited = overrides.some(
    one => one.permission === 'prohibit' && one.capability === capability && holds.has(one.role),
  )
  if (prohibited) return false
  if (siteRoleGrants[siteRole].has(capability)) return true
  return [...holds].some(role => permissionOf(role, capability, overrides, roles))
}

/** Everything `decide` says yes to. */
export const decideAll = (question: Question): Capability[] => capabilities.filter(one => decide(question, one))

/** May they so much as know that the place exists? Whoever holds a role there or above does. */
export const mayKnow = (question: Question): boolean =>
  question.siteRole === 'administrator' || question.held.length > 0

/** The role nearest to the place. */
export function nearestRole(held: readonly (Held & { readonly role: Role })[]): Role | undefined {
  let nearest: (Held & { readonly role: Role }) | undefined
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
  if (phase === 'draft' && !decide(question, 'content.change')) return mayKnow(question) ? 'not-published' : 'hidden'
  if (!decide(question, capability)) return 'refused'
  return phase === 'concluded' && doing === 'writing' && !neverOver.has(capability) ? 'concluded' : 'allowed'
}
