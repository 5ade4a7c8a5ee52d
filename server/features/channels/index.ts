// Talk: channels and their messages. Which people a channel belongs to is said by whoever opens it, through
// registerChannelContext; nothing here knows of classes or courses.
import { channelCalls, channelRoutes, channelScope } from '#protocol/channels.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { accountHooks, eraseJob } from './actions/account.ts'
import { httpHandlers } from './http.ts'
import { channelState, demandRead, getChannel } from './queries.ts'
import { socketHandlers } from './socket.ts'

export { closeChannel, createChannel } from './actions/channel.ts'
export { type ChannelContext, registerChannelContext } from './queries.ts'
export { type ChannelRights, noRights } from './rules.ts'
export { channels, messages, reads } from './tables.ts'

export const channelsFeature: Feature = {
  name: 'channels',
  bindings: [...bind(channelCalls, socketHandlers), ...bind(channelRoutes, httpHandlers)],
  scopes: [
    bindScope(channelScope, {
      admit: async (ctx, id) => {
        await demandRead(ctx, await getChannel(ctx, id))
      },
      snapshot: channelState,
    }),
  ],
  jobs: [eraseJob],
  account: accountHooks,
}
