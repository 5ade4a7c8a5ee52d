// How files come into messages and are read: begun here for a channel, brought piece by piece as every upload
// (PATCH /uploads/:uploadId), then named by the message that is sent. An id grants nothing: bytes are read by whoever may read
// the message.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from '#protocol/base/call.ts'
import { nothing } from '#protocol/base/ids.ts'
import { channelId } from '#protocol/channels.ts'
import { fileName, upload } from '#protocol/files.ts'
import { attachmentId } from './attachments.ts'

export const attachmentRoutes = defineRoutes('channels', {
  /** Whether whoever asks may send files in a channel as things stand. */
  attaching: route(
    'GET',
    '/channels/:channelId/attaching',
    read(z.strictObject({ channelId }), z.object({ may: z.boolean() })),
  ),
  /**
   * Begins an upload for a message, or finds the one that was begun before: the same person, channel, name, size and
   * `print`. Once all of it has come, its id is that of the file in the message. Throws `no-files-here`, `file-too-large`,
   * `kind-refused`, `no-room`, `no-own-room`, `too-many`.
   */
  startAttachment: route(
    'POST',
    '/channels/:channelId/uploads',
    write(
      z.strictObject({
        channelId,
        name: fileName,
        size: z.int().check(z.minimum(1), z.maximum(Number.MAX_SAFE_INTEGER)),
        print: z.string().check(z.maxLength(300)),
      }),
      z.object({ upload }),
    ),
  ),
  /** The bytes; any part of them by a Range header. Before it is sent for whoever brought it. */
  attachmentContent: route(
    'GET',
    '/attachments/:attachmentId/content',
    read(z.strictObject({ attachmentId, as: z._default(z.enum(['attachment', 'inline']), 'inline') }), z.unknown()),
  ),
  /** Takes back one's own before it is sent; one that is gone already is no error. Afterwards it goes with its message. */
  dropAttachment: route('DELETE', '/attachments/:attachmentId', write(z.strictObject({ attachmentId }), nothing)),
})
