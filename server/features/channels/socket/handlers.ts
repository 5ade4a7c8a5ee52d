// The calls of talk over the socket.
import { type channelCalls, channelScope } from '#protocol/channels.ts'
import { type Ctx, demandAccount } from '#server/platform/ctx.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { editMessage, removeMessage } from '../actions/change.ts'
import { markRead } from '../actions/mark.ts'
import { reactToMessages } from '../actions/react.ts'
import { sendMessages } from '../actions/send.ts'
import { demandAct, getChannel } from '../queries/channel.ts'

// Typing is a hint: a channel hears at most a few a second from this node, whoever types.
const typingEveryMs = 300
const typedAt = new Map<string, number>()

async function typing(ctx: Ctx, channelId: string): Promise<void> {
  await demandAct(ctx, await getChannel(ctx, channelId), 'write')
  const { accountId, name } = demandAccount(ctx.who)
  const now = performance.now()
  if (now - (typedAt.get(channelId) ?? Number.NEGATIVE_INFINITY) < typingEveryMs) return
  typedAt.delete(channelId)
  typedAt.set(channelId, now)
  if (typedAt.size > 5_000) for (const [oldest] of typedAt) if (typedAt.delete(oldest)) break
  ctx.emit(channelScope, channelId, { kind: 'typing', body: { accountId, name } })
}

export const socketHandlers: Handlers<typeof channelCalls> = {
  send: { storm: sendMessages },
  edit: async (ctx, input) => {
    await editMessage(ctx, input)
    return {}
  },
  remove: async (ctx, { messageId }) => {
    await removeMessage(ctx, messageId)
    return {}
  },
  react: { storm: reactToMessages },
  markRead: async (ctx, input) => {
    await markRead(ctx, input)
    return {}
  },
  typing: async (ctx, { channelId }) => {
    await typing(ctx, channelId)
    return {}
  },
}
