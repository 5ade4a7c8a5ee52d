// Files in messages, as they travel: what one is, and how many and how large. How they come and go is in
// attachment-routes.ts.
import * as z from 'zod/mini'
import { idSchema } from '#protocol/base/ids.ts'
import { fileForm } from '#protocol/files.ts'

export const attachmentId = idSchema<'Attachment'>()
export type AttachmentId = z.infer<typeof attachmentId>

/** Files of one message at most. */
export const mostAttachments = 5

/** Bytes of one file in a message at most. */
export const largestAttachment = 100 * 1000 ** 2

/** A file of a message. Beside a post without a name it is called by its place and its kind alone. */
export const attachment = z.object({
  id: attachmentId,
  name: z.string(),
  form: fileForm,
  /** Its media type, as its content says. */
  type: z.string(),
  /** In bytes. */
  size: z.int(),
  /** Of a picture, in dots, as it is shown: its place is kept until it comes. Null where that is not known. */
  width: z.nullable(z.int()),
  height: z.nullable(z.int()),
})
export type Attachment = z.infer<typeof attachment>

/** Left away where there are none. */
export const attachments = z.optional(z.array(attachment))

/** Those that go with a message which is sent: each came whole before and was sent by nobody yet. */
export const attached = z.optional(z.array(attachmentId).check(z.maxLength(mostAttachments)))
