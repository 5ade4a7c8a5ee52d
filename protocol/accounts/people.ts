// The people of the school, for administrators: found, added, let in, suspended, merged, removed. What can not be undone
// says before what it would do.
import * as z from 'zod/mini'
import { accountKind, invitationId, keptPart, personName } from '../accounts.ts'
import { defineRoutes, once, read, route, write } from '../base/call.ts'
import { accountId, email, instant, nothing, text } from '../base/ids.ts'
import { pageInput, pageOf } from '../base/paging.ts'
import { siteRole } from '../base/roles.ts'
import { defineScope } from '../base/scope.ts'

/** waiting: has an account, and nothing to sign in with yet. */
export const personState = z.enum(['active', 'waiting', 'suspended'])
export type PersonState = z.infer<typeof personState>

export const sitePerson = z.object({
  accountId,
  name: z.string(),
  email: z.nullable(z.string()),
  kind: accountKind,
  siteRole,
  state: personState,
  minor: z.boolean(),
  createdAt: instant,
  lastSeenAt: z.nullable(instant),
})
export type SitePerson = z.infer<typeof sitePerson>

const memberRole = z.enum(['administrator', 'member'])
const one = z.strictObject({ accountId })
const link = z.object({ id: invitationId, token: z.string(), expiresAt: instant })

/** The id of the scope below: there is one, for the whole school. */
export const schoolId = '00000000-0000-0000-0000-000000000000'

/** Administrators: which accounts of members come, are shut, opened again and go. Names nobody but by their ids. */
export const schoolScope = defineScope({
  name: 'school',
  state: z.object({}),
  feeds: {
    accountsCreated: z.object({ accountIds: z.array(accountId) }),
    accountSuspended: z.object({ accountId }),
    accountReactivated: z.object({ accountId }),
    accountErased: z.object({ accountId }),
  },
  fleeting: {},
  apply: state => state,
})

/** People who are given their links at once, at most. */
export const mostLinks = 500

/** Why somebody among many got no link: no member any more, suspended, without an address, or with a way in by now. */
export const linkRefusal = z.enum(['gone', 'suspended', 'no-email', 'comes-in'])
export type LinkRefusal = z.infer<typeof linkRefusal>

const personLink = z.object({ accountId, name: z.string(), email: z.string(), token: z.string() })
export type PersonLink = z.infer<typeof personLink>

export const peopleRoutes = defineRoutes('accounts', {
  /** `search`: in names and addresses. Sorted by name, or the newest first. */
  people: route(
    'GET',
    '/accounts',
    read(
      z.strictObject({
        search: z.optional(text(100)),
        siteRole: z.optional(siteRole),
        /** Everybody when left out. */
        kind: z.optional(accountKind),
        state: z.optional(personState),
        sort: z._default(z.enum(['name', 'newest']), 'name'),
        ...pageInput,
      }),
      pageOf(sitePerson),
    ),
  ),
  countPeople: route(
    'GET',
    '/accounts/count',
    read(nothing, z.object({ active: z.int(), waiting: z.int(), suspended: z.int(), guests: z.int() })),
  ),
  /** Makes an account without a password and a link that lets its person in; the link is told once. */
  addPerson: route(
    'POST',
    '/accounts',
    once(
      write(
        z.strictObject({ name: personName, email, siteRole: z._default(memberRole, 'member') }),
        z.object({ accountId, link }),
      ),
    ),
  ),
  /** A link by which a person chooses a new password; earlier ones end. Told once. */
  makeSignInLink: route('POST', '/accounts/:accountId/link', once(write(one, z.object({ link })))),
  /**
   * A link for each of these who has no way in yet; earlier ones end. Told once, and no mail goes out: whoever asks hands them
   * on. The others are named with the reason.
   */
  makeSignInLinks: route(
    'POST',
    '/accounts/links',
    once(
      write(
        z.strictObject({ accountIds: z.array(accountId).check(z.minLength(1), z.maxLength(mostLinks)) }),
        z.object({
          links: z.array(personLink),
          refused: z.array(z.object({ accountId, why: linkRefusal })),
          expiresAt: instant,
        }),
      ),
    ),
  ),
  /** Corrects what somebody is called. `was`: the name it was read with, else `conflict` with the current one. */
  renamePerson: route(
    'PUT',
    '/accounts/:accountId/name',
    write(z.strictObject({ accountId, name: personName, was: text(200) }), z.object({ name: z.string() })),
  ),
  changeSiteRole: route(
    'POST',
    '/accounts/:accountId/role',
    write(z.strictObject({ accountId, siteRole: memberRole }), nothing),
  ),
  /** A minor is written to alone by those who teach them and by administrators, and shows others their name only. */
  changeMinor: route(
    'POST',
    '/accounts/:accountId/minor',
    write(z.strictObject({ accountId, minor: z.boolean() }), nothing),
  ),
  /**
   * Signs a member out on every device at once and ends every access token; password and other ways in stay. Tells how many of
   * each. `not-allowed` for guests, who could not come in again, and for oneself.
   */
  signOutEverywhere: route(
    'POST',
    '/accounts/:accountId/sign-out',
    write(one, z.object({ devices: z.int(), tokens: z.int() })),
  ),
  /** What would go over to the other account. */
  previewMerge: route(
    'GET',
    '/accounts/:accountId/merge/:into',
    read(z.strictObject({ accountId, into: accountId }), z.object({ moves: z.array(keptPart) })),
  ),
  merge: route(
    'POST',
    '/accounts/:accountId/merge/:into',
    write(z.strictObject({ accountId, into: accountId }), nothing),
  ),
})
