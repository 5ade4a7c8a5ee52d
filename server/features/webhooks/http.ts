// The HTTP door of webhooks: for those alone who keep them. What is slow, a name or a server elsewhere, is asked before any
// transaction.
import type { webhookRoutes } from '#protocol/webhooks.ts'
import { demandMay, site } from '#server/features/access/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import type { Handlers } from '#server/platform/feature.ts'
import {
  changeEndpoint,
  createEndpoint,
  demandCallable,
  pauseEndpoint,
  removeEndpoint,
  restoreEndpoint,
  resumeEndpoint,
  rotateSecret,
} from './actions/endpoints.ts'
import { prepareTest, replay, sendAgain } from './actions/replay.ts'
import { getEndpoint, listEndpoints } from './queries/endpoints.ts'
import { getMessage, listMessages } from './queries/messages.ts'

/** Whether the caller keeps the webhooks of the school. Throws `not-allowed`, and what `demandMay` throws. */
export const demandKeeper = (ctx: Ctx) => demandMay(ctx, 'webhook.manage', site)

export const httpHandlers: Handlers<typeof webhookRoutes> = {
  list: async ctx => {
    await demandKeeper(ctx)
    return { items: await listEndpoints(ctx) }
  },
  get: async (ctx, { endpointId }) => {
    await demandKeeper(ctx)
    return { endpoint: await getEndpoint(ctx, endpointId) }
  },
  create: {
    prepare: async (ctx, input) => {
      await demandKeeper(ctx)
      await demandCallable(input.address)
      return tx => createEndpoint(tx, input)
    },
  },
  change: {
    prepare: async (ctx, input) => {
      await demandKeeper(ctx)
      if (input.address !== undefined) await demandCallable(input.address)
      return async tx => ({ endpoint: await changeEndpoint(tx, input) })
    },
  },
  rotate: async (ctx, { endpointId }) => {
    await demandKeeper(ctx)
    return rotateSecret(ctx, endpointId)
  },
  pause: async (ctx, { endpointId }) => {
    await demandKeeper(ctx)
    return { endpoint: await pauseEndpoint(ctx, endpointId) }
  },
  resume: async (ctx, { endpointId }) => {
    await demandKeeper(ctx)
    return { endpoint: await resumeEndpoint(ctx, endpointId) }
  },
  remove: async (ctx, { endpointId }) => {
    await demandKeeper(ctx)
    await removeEndpoint(ctx, endpointId)
    return {}
  },
  restore: async (ctx, { endpointId }) => {
    await demandKeeper(ctx)
    await restoreEndpoint(ctx, endpointId)
    return {}
  },
  test: {
    prepare: async (ctx, { endpointId }) => {
      await demandKeeper(ctx)
      return prepareTest(ctx, endpointId)
    },
  },
  messages: async (ctx, input) => {
    await demandKeeper(ctx)
    await getEndpoint(ctx, input.endpointId)
    return listMessages(ctx, input)
  },
  message: async (ctx, { endpointId, messageId }) => {
    await demandKeeper(ctx)
    return { message: await getMessage(endpointId, messageId) }
  },
  send: async (ctx, { endpointId, messageId }) => {
    await demandKeeper(ctx)
    await sendAgain(ctx, endpointId, messageId)
    return {}
  },
  replay: async (ctx, input) => {
    await demandKeeper(ctx)
    return { count: await replay(ctx, input) }
  },
}
