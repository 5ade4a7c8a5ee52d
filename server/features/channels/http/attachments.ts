// The routes of files in messages over HTTP.
import type { attachmentRoutes } from '#protocol/channels/attachment-routes.ts'
import { BlobAnswer, type Handlers } from '#server/platform/feature.ts'
import { dropAttachment, startAttachment } from '../actions/attach.ts'
import { attachingIn, getAttachment } from '../queries/attachments.ts'

export const attachmentHandlers: Handlers<typeof attachmentRoutes> = {
  attaching: (ctx, { channelId }) => attachingIn(ctx, channelId),
  startAttachment: async (ctx, input) => ({ upload: await startAttachment(ctx, input) }),
  attachmentContent: async (ctx, { attachmentId, as }) => {
    const { id, name, type, size } = await getAttachment(ctx, attachmentId)
    const { blobs } = ctx
    return new BlobAnswer({
      ...{ name, type, as, size: Number(size), tag: id },
      open: async range => (await blobs.get(id, range)).body,
    })
  },
  dropAttachment: async (ctx, { attachmentId }) => {
    await dropAttachment(ctx, attachmentId)
    return {}
  },
}
