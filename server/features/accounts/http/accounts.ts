// The HTTP door of accounts: finds out who asks, asks the rules, calls the action. Decides nothing else.

import type { tokenRoutes } from '#protocol/accounts/tokens.ts'
import type { accountRoutes } from '#protocol/accounts.ts'
import type { SessionId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { type Ctx, demandAccount } from '#server/platform/ctx.ts'
import { FileAnswer, type Handlers } from '#server/platform/feature.ts'
import { mailIsSetUp } from '#server/platform/mail/mailer.ts'
import { changeProfile, ownView, reactivate, suspend } from '../actions/accounts.ts'
import { prepareForgotten } from '../actions/forgotten.ts'
import { bringGuest, leaveGuest } from '../actions/guest-before.ts'
import { exportAccount } from '../actions/hooks.ts'
import { invitationEffect } from '../actions/invitation-effect.ts'
import {
  invitationMail,
  invite,
  joinByInvitation,
  prepareAcceptance,
  revokeInvitation,
  sendInvitation,
  usableInvitation,
} from '../actions/invitations.ts'
import { demandSetupLink, prepareSetup } from '../actions/links.ts'
import { countKept } from '../actions/people.ts'
import { endOtherSessions, endOwnSession, endSession } from '../actions/sessions.ts'
import { prepareDemoSignIn, preparePasswordChange, prepareSignIn } from '../actions/sign-in.ts'
import { createToken, revokeToken } from '../actions/tokens.ts'
import { getAccount, listDemoPeople, listDevices, listInvitations, listTokens } from '../queries/accounts.ts'
import { findGuestBefore } from '../queries/guest-before.ts'
import { invitedRolesNamed } from '../queries/invited-roles.ts'
import { whyOut } from '../queries/why-out.ts'
import { mayManageAccounts, maySuspend } from '../rules.ts'

const build = process.env.npm_package_version ?? 'dev'

export const tokenHandlers: Handlers<typeof tokenRoutes> = {
  listTokens: async ctx => ({ items: await listTokens(demandAccount(ctx.who).accountId) }),
  createToken: async (ctx, input) => {
    const { accountId: id, siteRole } = demandAccount(ctx.who)
    return createToken(ctx, { id, guest: siteRole === 'guest' }, input)
  },
  revokeToken: async (ctx, { tokenId }) => {
    await revokeToken(ctx, demandAccount(ctx.who).accountId, tokenId)
    return {}
  },
}

const guestOf = async (ctx: Ctx, sessionId: SessionId) => {
  const guest = await findGuestBefore(ctx, sessionId)
  return guest ? { name: guest.name } : null
}

export const httpHandlers: Handlers<typeof accountRoutes> = {
  me: async ctx => {
    const row = ctx.who.kind === 'account' ? await getAccount(ctx.who.accountId) : undefined
    // A member has no use for the list; a guest may still become somebody.
    const demo = row?.kind === 'member' ? [] : await listDemoPeople(ctx)
    return {
      account: row ? ownView(row) : null,
      build,
      origin: ctx.session?.origin ?? '',
      demo,
      mail: mailIsSetUp(),
      guest: row?.kind === 'member' && ctx.who.kind === 'account' ? await guestOf(ctx, ctx.who.sessionId) : null,
      owes: (ctx.who.kind === 'account' && ctx.who.owes) || null,
      out: row === undefined ? await whyOut(ctx, ctx.session?.token) : null,
    }
  },
  signIn: { prepare: prepareSignIn },
  signInDemo: { prepare: prepareDemoSignIn },
  forgotPassword: { prepare: prepareForgotten },
  signOut: async ctx => {
    await endOwnSession(ctx)
    return {}
  },
  guestBefore: async ctx => {
    const guest = await findGuestBefore(ctx, demandAccount(ctx.who).sessionId)
    demand(guest !== undefined, 'not-found')
    return { name: guest.name, moves: await countKept(ctx, guest.id) }
  },
  bringGuest: async ctx => {
    await bringGuest(ctx)
    return {}
  },
  leaveGuest: async ctx => {
    await leaveGuest(ctx)
    return {}
  },
  listDevices: async ctx => {
    const { accountId, sessionId } = demandAccount(ctx.who)
    return { items: await listDevices(ctx, accountId, sessionId) }
  },
  endDevice: async (ctx, { sessionId }) => {
    await endSession(ctx, demandAccount(ctx.who).accountId, sessionId)
    return {}
  },
  endOtherDevices: async ctx => {
    const { accountId, sessionId } = demandAccount(ctx.who)
    return { ended: await endOtherSessions(ctx, accountId, sessionId) }
  },
  changeProfile: async (ctx, change) => ({
    account: ownView(await changeProfile(ctx, demandAccount(ctx.who).accountId, change)),
  }),
  changePassword: { prepare: preparePasswordChange },
  export: async ctx => {
    const everything = await exportAccount(ctx, demandAccount(ctx.who).accountId)
    return new FileAnswer('lectern-export.json', 'application/json', JSON.stringify(everything, null, 2))
  },
  invite: async (ctx, input) => invite(ctx, input),
  getInvitation: async (ctx, { token }) => {
    const { row, invitedBy, target, newPassword } = await usableInvitation(ctx, token)
    const { email, siteRole, expiresAt } = row
    const course = target && {
      id: target.courseId,
      title: target.title,
      role: row.role ?? ('learner' as const),
      custom: (await invitedRolesNamed(ctx, [row.custom]))(row.custom),
    }
    const name = row.accountId === null ? null : (await getAccount(row.accountId)).name
    return {
      invitation: {
        email,
        name,
        siteRole,
        invitedBy,
        expiresAt: expiresAt.toISOString(),
        course: course ?? null,
        newPassword,
      },
    }
  },
  acceptInvitation: { prepare: prepareAcceptance },
  joinByInvitation: async (ctx, { token }) => joinByInvitation(ctx, token),
  listInvitations: async (ctx, input) => {
    demandAccount(ctx.who)
    if (input.courseId === undefined) demand(mayManageAccounts(ctx.who))
    else await invitationEffect().demandMayInvite(ctx, input.courseId)
    return listInvitations(ctx, input)
  },
  revokeInvitation: async (ctx, { invitationId }) => {
    await revokeInvitation(ctx, invitationId)
    return {}
  },
  invitationMail: async (ctx, { invitationId }) => ({ mail: await invitationMail(ctx, invitationId) }),
  sendInvitation: async (ctx, { invitationId }) => {
    await sendInvitation(ctx, invitationId)
    return {}
  },
  getSetup: async (ctx, { token }) => {
    await demandSetupLink(ctx, token)
    return {}
  },
  setup: { prepare: prepareSetup },
  suspend: async (ctx, { accountId, reason }) => {
    demand(maySuspend(ctx.who, accountId))
    await suspend(ctx, accountId, reason)
    return {}
  },
  reactivate: async (ctx, { accountId, endPassword }) => {
    demand(mayManageAccounts(ctx.who))
    await reactivate(ctx, accountId, { endPassword })
    return {}
  },
}
