// Accounts on the wire: who you are, how you come in, your devices, and the scope that tells one person what changed
// for them. Passwords and tokens travel inward only, apart from the link of a new invitation, shown once.
import * as z from 'zod/mini'
import { customRoleId, namedRole } from './access.ts'
import { defineRoutes, once, read, route, write } from './base/call.ts'
import { accountId, email, idSchema, instant, line, nothing, sessionId, text, uuid, version } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'
import { siteRole } from './base/roles.ts'
import { defineScope } from './base/scope.ts'
import { mailFate } from './mail.ts'

export const invitationId = idSchema<'Invitation'>()
export type InvitationId = z.infer<typeof invitationId>

/** Fewest characters of a password. */
export const passwordLength = 10

/** A password as typed: never trimmed, long phrases are welcome. What is too weak is judged by the server's rules. */
export const password = z.string().check(z.minLength(1), z.maxLength(200))

/** What an act asks for anew: the password, or nothing from those without one, who must have come in just now. */
export const provingPassword = z.optional(password)

/** A secret that stands in a link. */
export const linkToken = z.string().check(z.regex(/^[\w-]{22}$/))

/** Characters of a name, at most. */
export const longestName = 80
export const personName = line(longestName)

/** How others shall speak of somebody, in their own words; may be empty. */
export const pronouns = z.union([z.literal(''), line(40)])

/** A locale as BCP 47 writes it; what we have no words for falls back to English. */
export const localeName = z.string().check(z.maxLength(20), z.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/))

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0
  } catch {
    return false
  }
}

/** An IANA time zone this system knows. */
export const timeZone = z.string().check(z.maxLength(60), z.refine(isTimeZone))

export const accountKind = z.enum(['member', 'guest'])

/** What a person is told about their own account. */
export const ownAccount = z.object({
  id: accountId,
  kind: accountKind,
  name: z.string(),
  email: z.nullable(z.string()),
  /** Without one they come in by another way, and prove who they are by having just done so. */
  hasPassword: z.boolean(),
  siteRole,
  locale: z.string(),
  timeZone: z.string(),
  pronouns: z.string(),
  bio: z.string(),
  version,
})
export type OwnAccount = z.infer<typeof ownAccount>

export const demoRole = z.enum(['administrator', 'staff', 'assistant', 'learner'])

/** A person of the demo school, offered on the sign-in page where they may sign in from. */
export const demoPerson = z.object({ accountId, name: z.string(), email: z.string(), role: demoRole })
export type DemoPerson = z.infer<typeof demoPerson>

export const deviceKind = z.enum(['computer', 'phone', 'tablet', 'other'])
export type DeviceKind = z.infer<typeof deviceKind>

/** One signed-in device. `address` names its network, not the machine. */
export const device = z.object({
  id: sessionId,
  current: z.boolean(),
  kind: deviceKind,
  /** Such as 'Firefox' and 'Windows'; empty when the browser does not say. */
  browser: z.string(),
  system: z.string(),
  address: z.string(),
  createdAt: instant,
  lastSeenAt: instant,
})
export type Device = z.infer<typeof device>

export const builtInInvitedRole = z.enum(['instructor', 'assistant', 'learner'])
export type BuiltInInvitedRole = z.infer<typeof builtInInvitedRole>
/** What somebody can be invited to be in a course, by the role's word or by the id of one made here; never above what the inviter is. */
export const invitedRole = z.union([builtInInvitedRole, customRoleId])
export type InvitedRole = z.infer<typeof invitedRole>

/** What whoever holds the link is told. */
export const invitation = z.object({
  email: z.nullable(z.string()),
  /** What the person the link was made for is called so far; null where it is for anybody. */
  name: z.nullable(z.string()),
  siteRole,
  invitedBy: z.string(),
  expiresAt: instant,
  /** The course it leads into, if it does; with a role made here it says `custom`, and `role` counts for nothing. */
  course: z.nullable(
    z.object({
      id: uuid(),
      title: z.string(),
      role: builtInInvitedRole,
      custom: z._default(z.nullable(namedRole), null),
    }),
  ),
  /** Whose password it sets anew, where they have one: they asked for it, or an administrator made it; null for every other link. */
  newPassword: z.nullable(z.object({ name: z.string() })),
})
export type Invitation = z.infer<typeof invitation>

/** One that was not used yet, for those who may take it back. The link itself is never told again. */
export const openInvitation = z.object({
  id: invitationId,
  email: z.nullable(z.string()),
  siteRole,
  role: z.nullable(builtInInvitedRole),
  /** The role made here that they come with; then `role` counts for nothing. */
  custom: z._default(z.nullable(namedRole), null),
  invitedBy: z.string(),
  createdAt: instant,
  expiresAt: instant,
  /** What became of the latest mail with its link; null where none was written. */
  mail: z.nullable(mailFate),
})
export type OpenInvitation = z.infer<typeof openInvitation>

const signedIn = z.object({ account: ownAccount })
/** What stands between two steps of a sign-in: good for some minutes, and for nothing alone. */
export const ticket = z.string().check(z.maxLength(600), z.regex(/^[\w-]+$/))

/** What is still asked of somebody whose password is right: the second step, or setting one up. */
export const nextStep = z.object({
  step: z.enum(['second-step', 'second-step-due']),
  ticket: z.string(),
  /** By what the second step can be taken; a recovery code always does. */
  means: z.array(z.enum(['app', 'passkey'])),
})
export type NextStep = z.infer<typeof nextStep>
const newPerson = { name: personName, email, password, timeZone: z.optional(timeZone), locale: z.optional(localeName) }

/** What is kept about somebody, in the words of the features that keep it. */
export const keptPart = z.object({ feature: z.string(), part: z.string(), count: z.int() })
export type KeptPart = z.infer<typeof keptPart>

/** Why a browser is out that was signed in: the account is suspended, was signed out everywhere by an administrator, or was erased. */
export const whyOut = z.enum(['suspended', 'signed-out', 'erased'])
export type WhyOut = z.infer<typeof whyOut>

export const accountRoutes = defineRoutes('accounts', {
  /**
   * Who asks. `demo` lists who may be tried out from here; `build` is the server's release; `origin` is where others
   * reach this server, for links and codes, also when the reader came by localhost; `mail`: mail is set up; `out`: why
   * this browser is out that was signed in.
   */
  me: route(
    'GET',
    '/me',
    read(
      nothing,
      z.object({
        account: z.nullable(ownAccount),
        build: z.string(),
        origin: z.string(),
        demo: z.array(demoPerson),
        mail: z.boolean(),
        out: z.nullable(whyOut),
        /** What is agreed to before anything else: by themselves, or for them by a guardian. */
        owes: z.nullable(z.enum(['consent', 'guardian'])),
        /** Who this device was a guest as before they signed in, while what they did then may be brought along. */
        guest: z.nullable(z.object({ name: z.string() })),
      }),
      'anyone',
    ),
  ),
  signIn: route('POST', '/session', write(z.strictObject({ email, password }), signedIn, 'anyone')),
  /** Signs in as a person of the demo school, without a password: it would be known to all anyway. */
  signInDemo: route('POST', '/session/demo', write(z.strictObject({ accountId }), signedIn, 'anyone')),
  /**
   * Sends a link for a new password to the address, if it is somebody's. The answer is the same whether it is. Throws
   * `mail-off`, `slow-down`.
   */
  forgotPassword: route('POST', '/session/forgotten', write(z.strictObject({ email }), nothing, 'anyone')),
  signOut: route('DELETE', '/session', write(nothing, nothing)),
  /** What the guest that this device was before did, counted. `not-found` where it was none. */
  guestBefore: route('GET', '/me/guest', read(nothing, z.object({ name: z.string(), moves: z.array(keptPart) }))),
  /** Moves all of it to the account that is signed in, for good. `not-found` as above. */
  bringGuest: route('POST', '/me/guest', write(nothing, nothing)),
  /** It was somebody else: what they did stays a guest's, and is not offered again. */
  leaveGuest: route('DELETE', '/me/guest', write(nothing, nothing)),
  listDevices: route('GET', '/me/devices', read(nothing, z.object({ items: z.array(device) }))),
  endDevice: route('DELETE', '/me/devices/:sessionId', write(z.strictObject({ sessionId }), nothing)),
  /** Signs out every other device and tells how many. */
  endOtherDevices: route('POST', '/me/devices/end-others', write(nothing, z.object({ ended: z.int() }))),
  changeProfile: route(
    'PATCH',
    '/me',
    write(
      z.strictObject({
        version,
        name: z.optional(personName),
        locale: z.optional(localeName),
        timeZone: z.optional(timeZone),
        pronouns: z.optional(pronouns),
        bio: z.optional(text(600)),
      }),
      signedIn,
    ),
  ),
  /** Every other device is signed out. Who has none yet chooses their first, having just signed in. */
  changePassword: route(
    'POST',
    '/me/password',
    write(z.strictObject({ current: z.optional(password), next: password }), z.object({ ended: z.int() })),
  ),
  /** Everything kept about the person who asks, as one JSON file. */
  export: route('GET', '/me/export', read(nothing, nothing)),
  /** Makes a link that works once: for one address, to which it goes by mail where mail is set up, or for whoever has it. */
  invite: route(
    'POST',
    '/invitations',
    once(
      write(
        z.strictObject({
          email: z.optional(email),
          siteRole: z._default(z.enum(['administrator', 'member']), 'member'),
          /** Into a course: by those who may enrol there, with a role no higher than their own (a learner by itself). */
          courseId: z.optional(uuid()),
          role: z.optional(invitedRole),
          days: z._default(z.int().check(z.minimum(1), z.maximum(60)), 14),
        }),
        // The token is shown once; only its hash is kept.
        z.object({ id: invitationId, token: z.string(), expiresAt: instant }),
      ),
    ),
  ),
  getInvitation: route(
    'GET',
    '/invitations/:token',
    read(z.strictObject({ token: linkToken }), z.object({ invitation }), 'anyone'),
  ),
  /** Signs in, unless there is a `next`: then the link is used and the password set, and the ticket leads on. */
  acceptInvitation: route(
    'POST',
    '/invitations/:token/accept',
    write(
      z.strictObject({ token: linkToken, ...newPerson }),
      z.extend(signedIn, { courseId: z.nullable(uuid()), next: z.nullable(nextStep) }),
      'anyone',
    ),
  ),
  /** For somebody who has an account: into the course, without a new one. */
  joinByInvitation: route(
    'POST',
    '/invitations/:token/join',
    write(z.strictObject({ token: linkToken }), z.object({ courseId: uuid(), title: z.string() })),
  ),
  /** Open ones of a course, newest first; without a course those that lead into none, for administrators. */
  listInvitations: route(
    'GET',
    '/invitations',
    read(z.strictObject({ courseId: z.optional(uuid()), ...pageInput }), pageOf(openInvitation)),
  ),
  revokeInvitation: route('DELETE', '/invitations/:invitationId', write(z.strictObject({ invitationId }), nothing)),
  /** What became of the mail with the link of an invitation, for those who may take it back. */
  invitationMail: route(
    'GET',
    '/invitations/:invitationId/mail',
    read(z.strictObject({ invitationId }), z.object({ mail: z.nullable(mailFate) })),
  ),
  /** Sends a new link to the address of an open invitation; the earlier one no longer works. */
  sendInvitation: route('POST', '/invitations/:invitationId/send', write(z.strictObject({ invitationId }), nothing)),
  getSetup: route('GET', '/setup/:token', read(z.strictObject({ token: linkToken }), nothing, 'anyone')),
  /** Makes the first administrator. */
  setup: route('POST', '/setup/:token', write(z.strictObject({ token: linkToken, ...newPerson }), signedIn, 'anyone')),
  suspend: route(
    'POST',
    '/accounts/:accountId/suspend',
    write(z.strictObject({ accountId, reason: z.optional(text(300)) }), nothing),
  ),
  /** `endPassword`: the old one lets nobody in any more, so that a link for a new one is needed. */
  reactivate: route(
    'POST',
    '/accounts/:accountId/reactivate',
    write(z.strictObject({ accountId, endPassword: z.optional(z.boolean()) }), nothing),
  ),
})

const profile = z.object({ name: z.string() })
const counted = z.object({ count: z.int() })

/**
 * One person's own audience: their name, and numbers that grow when their courses or grades changed, or what they see of
 * those whom they observe.
 */
export const userScope = defineScope({
  name: 'user',
  state: z.object({ name: z.string(), changed: z.object({ courses: z.int(), grades: z.int(), observed: z.int() }) }),
  feeds: { profileChanged: profile, coursesChanged: counted, gradesChanged: counted, observedChanged: counted },
  fleeting: {},
  apply: (state, event) => {
    switch (event.kind) {
      case 'profileChanged':
        return { ...state, name: event.body.name }
      case 'coursesChanged':
        return { ...state, changed: { ...state.changed, courses: event.body.count } }
      case 'gradesChanged':
        return { ...state, changed: { ...state.changed, grades: event.body.count } }
      case 'observedChanged':
        return { ...state, changed: { ...state.changed, observed: event.body.count } }
    }
  },
})
