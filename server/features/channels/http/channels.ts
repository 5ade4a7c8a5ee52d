// The routes of talk over HTTP: pages of messages, all channels of a person, and the ones they open themselves.

import type { inboxRoutes } from '#protocol/channels/inbox.ts'
import type { channelRoutes } from '#protocol/channels.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { blockPerson, unblockPerson } from '../actions/block.ts'
import { changeChannel } from '../actions/channel.ts'
import { addToGroup, leaveGroup } from '../actions/group.ts'
import { muteChannel } from '../actions/mark.ts'
import { startTalk } from '../actions/start.ts'
import { getEntry, listChannels, unreadOf } from '../queries/inbox.ts'
import { listMessages, listReactions, listVersions } from '../queries/messages.ts'
import { listBlocks, listContacts, listPeople } from '../queries/people.ts'

export const httpHandlers: Handlers<typeof channelRoutes> = {
  messages: listMessages,
  unread: (ctx, { channelId }) => unreadOf(ctx, channelId),
  versions: (ctx, { messageId }) => listVersions(ctx, messageId),
  reactions: listReactions,
  people: listPeople,
}

export const inboxHandlers: Handlers<typeof inboxRoutes> = {
  list: listChannels,
  get: async (ctx, { channelId }) => ({ entry: await getEntry(ctx, channelId) }),
  start: startTalk,
  change: async (ctx, input) => ({ channel: await changeChannel(ctx, input) }),
  add: async (ctx, input) => ({ channel: await addToGroup(ctx, input) }),
  leave: async (ctx, { channelId }) => {
    await leaveGroup(ctx, channelId)
    return {}
  },
  mute: async (ctx, input) => {
    await muteChannel(ctx, input)
    return {}
  },
  contacts: listContacts,
  blocks: listBlocks,
  block: async (ctx, { accountId }) => {
    await blockPerson(ctx, accountId)
    return {}
  },
  unblock: async (ctx, { accountId }) => {
    await unblockPerson(ctx, accountId)
    return {}
  },
}
