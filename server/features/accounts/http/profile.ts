// The doors of profiles, pictures and the fields that administrators define.

import type { profileRoutes } from '#protocol/accounts/profile.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { demandAccount } from '#server/platform/ctx.ts'
import { FileAnswer, type Handlers } from '#server/platform/feature.ts'
import { prepareAvatar, removeAvatar } from '../actions/avatars.ts'
import { changeField, createField, fillProfile, moveField, removeField, restoreField } from '../actions/profile.ts'
import { fieldView, findAvatars, listFields, readAvatar, readProfile } from '../queries/profile.ts'
import { mayManageAccounts } from '../rules.ts'

export const profileHandlers: Handlers<typeof profileRoutes> = {
  profile: async (ctx, { accountId }) => ({ profile: await readProfile(ctx, accountId) }),
  fillProfile: async (ctx, { accountId, values }) => ({ profile: await fillProfile(ctx, accountId, values) }),
  changeAvatar: { prepare: prepareAvatar },
  removeAvatar: async ctx => {
    await removeAvatar(ctx)
    return {}
  },
  avatar: async (ctx, { avatarId }) =>
    new FileAnswer('picture.webp', 'image/webp', await readAvatar(ctx, avatarId), {
      shown: 'in the page',
      keptSeconds: 86_400,
    }),
  avatars: async (ctx, { accountIds }) => ({ items: await findAvatars(ctx, accountIds as AccountId[]) }),
  listFields: async ctx => {
    demandAccount(ctx.who)
    demand(mayManageAccounts(ctx.who))
    return { items: (await listFields()).map(fieldView) }
  },
  createField: async (ctx, input) => {
    demand(mayManageAccounts(ctx.who))
    return { field: await createField(ctx, input) }
  },
  changeField: async (ctx, input) => {
    demand(mayManageAccounts(ctx.who))
    return { field: await changeField(ctx, input) }
  },
  moveField: async (ctx, input) => {
    demand(mayManageAccounts(ctx.who))
    await moveField(ctx, input)
    return {}
  },
  removeField: async (ctx, { fieldId }) => {
    demand(mayManageAccounts(ctx.who))
    await removeField(ctx, fieldId)
    return {}
  },
  restoreField: async (ctx, { fieldId }) => {
    demand(mayManageAccounts(ctx.who))
    await restoreField(ctx, fieldId)
    return {}
  },
}
