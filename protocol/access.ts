// Access on the wire: the roles there are, what a place says about them, who holds which where, and why somebody may or
// may not do a thing. For those who look after roles; what a person may do themselves is told by each feature.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from './base/call.ts'
import { accountId, email, idSchema, instant, line, nothing, text, uuid, version } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'
import { type Capability, capability, courseRoles } from './base/roles.ts'

export const customRoleId = idSchema<'CustomRole'>()
export type CustomRoleId = z.infer<typeof customRoleId>

/** The roles every Lectern has. `member` is everybody with an account of their own; it is held and not given. */
export const builtInRoleKeys = [...courseRoles, 'member'] as const
export const builtInRoleKey = z.enum(builtInRoleKeys)
export type BuiltInRoleKey = z.infer<typeof builtInRoleKey>

/** A role by its word, or by the id of one that was made here. */
export const roleKey = z.union([builtInRoleKey, customRoleId])
export type RoleKey = z.infer<typeof roleKey>

/** A role by its name, which is empty for those every Lectern has. */
export const namedRole = z.object({ key: roleKey, name: z.string() })
export type NamedRole = z.infer<typeof namedRole>

export const contextKind = z.enum(['site', 'department', 'course', 'group', 'item'])

const inGroups: ReadonlySet<Capability> = new Set<Capability>(['group.manage', 'group.join', 'role.rule', 'role.give'])
const inItems: ReadonlySet<Capability> = new Set<Capability>([
  'content.change',
  'activity.change',
  'role.rule',
  'role.give',
])

/**
 * Whether anything is ever asked about a capability in places of a kind; where nothing is, nothing is said. Of a group: who
 * changes it and its people, and who comes and goes by themselves. Of an item: who changes it, what it is and where it
 * stands. All else is asked of the course.
 */
export const countsIn = (kind: z.infer<typeof contextKind>, capability: Capability): boolean =>
  kind === 'group' ? inGroups.has(capability) : kind === 'item' ? inItems.has(capability) : true

/** A place in the tree, as the address of a screen names it. */
export const placeInput = { kind: contextKind, id: uuid() }

/** What a place says about one capability of one role; `inherit` is to say nothing. */
export const permission = z.enum(['inherit', 'allow', 'prevent', 'prohibit'])
export type PermissionWord = z.infer<typeof permission>

export const place = z.object({
  kind: contextKind,
  id: uuid(),
  /** Empty for what its feature has no name for, such as the site. */
  name: z.string(),
})
export type Place = z.infer<typeof place>

/** A place below another, and how many rules stand in it. */
const placeBelow = z.extend(place, { rules: z.int() })
export type PlaceBelow = z.infer<typeof placeBelow>

/** Where a role counts: the rules about it in this very place, and how many hold it there. */
const rolePlace = z.object({ place, rules: z.int(), holders: z.int() })
export type RolePlace = z.infer<typeof rolePlace>

const roleName = line(60)
const roleNote = text(500)
const capabilityList = z.array(capability).check(z.maxLength(200))

/** One role. `name` is empty for those every Lectern has: they are called in the reader's language. */
export const role = z.object({
  key: roleKey,
  name: z.string(),
  note: z.string(),
  builtIn: z.boolean(),
  basedOn: builtInRoleKey,
  capabilities: z.array(capability),
  /** How many hold it, anywhere; null where everybody does. */
  holders: z.nullable(z.int()),
  /** How many places say something about it. */
  rules: z.int(),
  version,
})
export type RoleView = z.infer<typeof role>

/** A role as a file, to take to another school. What another one has not is refused with its name. */
export const roleFile = z.strictObject({
  format: z.literal('lectern-role'),
  name: roleName,
  note: z._default(roleNote, ''),
  basedOn: builtInRoleKey,
  capabilities: z.array(z.string().check(z.maxLength(80))).check(z.maxLength(200)),
})
export type RoleFile = z.infer<typeof roleFile>

/** What one role comes to in a place, capability by capability. */
export const ruling = z.object({
  capability,
  /** What this very place says. */
  here: permission,
  /** What holds here when this place says nothing. */
  inherited: z.boolean(),
  /** What holds here. */
  allowed: z.boolean(),
  /** The place above that decides what is inherited; null when the role itself does. */
  from: z.nullable(z.object({ place, permission })),
  /** Whoever asks may change it: nobody gives or takes what they have not. */
  mayChange: z.boolean(),
})
export type Ruling = z.infer<typeof ruling>

export const holder = z.object({
  accountId,
  name: z.string(),
  email: z.nullable(z.string()),
  role: roleKey,
  /** By enrolment it is changed among the people of the course. */
  by: z.enum(['enrolment', 'grant']),
  at: instant,
  givenBy: z.nullable(z.string()),
})
export type Holder = z.infer<typeof holder>

/** A role that was given to somebody, and where; `name` of the role is empty for those every Lectern has. */
export const heldRole = z.object({
  role: roleKey,
  name: z.string(),
  place,
  at: instant,
  givenBy: z.nullable(z.string()),
})
export type HeldRole = z.infer<typeof heldRole>

/** Why: the first that applies decides. */
export const reason = z.enum([
  ...(['suspended', 'not-published', 'concluded', 'removed'] as const),
  ...(['administrator', 'prohibited', 'rule', 'role', 'prevented', 'nothing'] as const),
])
export type Reason = z.infer<typeof reason>

export const explanation = z.object({
  account: z.object({ accountId, name: z.string() }),
  allowed: z.boolean(),
  because: reason,
  /** The role that decides. */
  role: z.nullable(roleKey),
  /** Where that role is held. */
  heldAt: z.nullable(place),
  /** Where the deciding rule stands, and what it says. */
  rule: z.nullable(z.object({ place, permission })),
})
export type Explanation = z.infer<typeof explanation>

/** Most places, and most roles, of one rule that is set at once. */
export const mostRulePlaces = 100
export const mostRuleRoles = 20

const oneRule = z.strictObject({ ...placeInput, role: roleKey, permission })

/** One capability, and what several places say about it for several roles. */
const manyRules = z.strictObject({
  capability,
  rules: z.array(oneRule).check(z.minLength(1), z.maxLength(mostRulePlaces * mostRuleRoles)),
})

/** What a rule would change for one role in one place. */
export const ruleChange = z.object({
  role: roleKey,
  /** What this very place says, and what it would say. */
  before: permission,
  after: permission,
  /** What holds here, and what would: all that is set at once taken together. */
  allowedBefore: z.boolean(),
  allowedAfter: z.boolean(),
  /** Somebody above prohibits it, or would: what is said here does nothing. */
  lockedBy: z.nullable(place),
})
export type RuleChange = z.infer<typeof ruleChange>

export const rulePreview = z.object({
  place,
  /** Whoever asks may set it here: they make rules here, and have themselves what the rule is about. */
  mayChange: z.boolean(),
  changes: z.array(ruleChange),
})
export type RulePreview = z.infer<typeof rulePreview>

const person = { accountId: z.optional(accountId), email: z.optional(email) }

export const accessRoutes = defineRoutes('access', {
  /** The roles there are, for those who look after them in a place; without one, in the whole school. */
  listRoles: route(
    'GET',
    '/access/roles',
    read(
      z.strictObject({ kind: z.optional(contextKind), id: z.optional(uuid()) }),
      z.object({ items: z.array(role), mayDefine: z.boolean() }),
    ),
  ),
  createRole: route(
    'POST',
    '/access/roles',
    write(z.strictObject({ name: roleName, note: z._default(roleNote, ''), copyOf: roleKey }), z.object({ role })),
  ),
  /** Takes a role from a file that `exportRole` wrote. */
  importRole: route('POST', '/access/roles/import', write(z.strictObject({ file: roleFile }), z.object({ role }))),
  changeRole: route(
    'PATCH',
    '/access/roles/:roleId',
    write(
      z.strictObject({
        roleId: customRoleId,
        version,
        name: z.optional(roleName),
        note: z.optional(roleNote),
        capabilities: z.optional(capabilityList),
      }),
      z.object({ role }),
    ),
  ),
  /** What the role it is based on may. */
  resetRole: route(
    'POST',
    '/access/roles/:roleId/reset',
    write(z.strictObject({ roleId: customRoleId, version }), z.object({ role })),
  ),
  /** Refused as `in-use` while somebody holds it. */
  removeRole: route('DELETE', '/access/roles/:roleId', write(z.strictObject({ roleId: customRoleId }), nothing)),
  restoreRole: route(
    'POST',
    '/access/roles/:roleId/restore',
    write(z.strictObject({ roleId: customRoleId }), z.object({ role })),
  ),
  exportRole: route('GET', '/access/roles/:role/file', read(z.strictObject({ role: roleKey }), nothing)),

  /** Where rules about a role stand, and where it was given; those with rules first. */
  listRolePlaces: route(
    'GET',
    '/access/roles/:role/places',
    read(z.strictObject({ role: roleKey, ...pageInput }), pageOf(rolePlace)),
  ),

  /** A place with the way up to the site, nearest first, and what the caller may do about roles in it. */
  getPlace: route(
    'GET',
    '/access/places/:kind/:id',
    read(
      z.strictObject(placeInput),
      z.object({ place, above: z.array(place), mayGrant: z.boolean(), mayRule: z.boolean() }),
    ),
  ),
  /** The places right below one, by name; `search` looks below at any depth. */
  listPlaces: route(
    'GET',
    '/access/places/:kind/:id/below',
    read(
      z.strictObject({ ...placeInput, search: z.optional(z.string().check(z.maxLength(100))), ...pageInput }),
      pageOf(placeBelow),
    ),
  ),
  listRules: route(
    'GET',
    '/access/places/:kind/:id/rules',
    read(z.strictObject({ ...placeInput, role: roleKey }), z.object({ items: z.array(ruling) })),
  ),
  changeRule: route(
    'PUT',
    '/access/places/:kind/:id/rules',
    write(z.strictObject({ ...placeInput, role: roleKey, capability, permission }), nothing),
  ),
  /** What a rule for several roles in several places would change; nothing is changed. */
  previewRules: route('POST', '/access/rules/preview', read(manyRules, z.object({ items: z.array(rulePreview) }))),
  /**
   * Sets them all or none: `beyond-own` where one is not the caller's to set. `from` leaves alone what another has changed
   * since. Answers what stood where something changed, which is what takes it back.
   */
  changeRules: route(
    'PUT',
    '/access/rules',
    write(
      z.extend(manyRules, {
        rules: z
          .array(z.extend(oneRule, { from: z.optional(permission) }))
          .check(z.minLength(1), z.maxLength(mostRulePlaces * mostRuleRoles)),
      }),
      z.object({ before: z.array(oneRule) }),
    ),
  ),
  /** Takes back everything this place says about a role, and tells what it was. */
  resetRules: route(
    'POST',
    '/access/places/:kind/:id/rules/reset',
    write(
      z.strictObject({ ...placeInput, role: roleKey }),
      z.object({ taken: z.array(z.object({ capability, permission })) }),
    ),
  ),
  listHolders: route(
    'GET',
    '/access/places/:kind/:id/holders',
    read(
      z.strictObject({
        ...placeInput,
        role: z.optional(roleKey),
        search: z.optional(z.string().check(z.maxLength(100))),
        ...pageInput,
      }),
      pageOf(holder),
    ),
  ),
  grantRole: route(
    'POST',
    '/access/places/:kind/:id/holders',
    write(z.strictObject({ ...placeInput, role: roleKey, ...person }), z.object({ accountId, name: z.string() })),
  ),
  takeRole: route(
    'DELETE',
    '/access/places/:kind/:id/holders',
    write(z.strictObject({ ...placeInput, role: roleKey, accountId }), nothing),
  ),
  /** The roles that were given to somebody in any place, for whoever looks after accounts: the newest first. */
  rolesOf: route(
    'GET',
    '/access/people/:accountId/roles',
    read(z.strictObject({ accountId, ...pageInput }), pageOf(heldRole)),
  ),
  /** Why may this person do that here, or why not? */
  explain: route(
    'GET',
    '/access/places/:kind/:id/why',
    read(z.strictObject({ ...placeInput, capability, ...person }), z.object({ explanation })),
  ),
})
