// What people of the first course show each other in its chat: a picture and a paper.
import { Readable } from 'node:stream'
import type { AttachmentId } from '#protocol/channels/attachments.ts'
import { type ChannelId, channelCalls } from '#protocol/channels.ts'
import { findCourseChannel, startAttachment } from '#server/features/channels/index.ts'
import { prepareAppend } from '#server/features/files/index.ts'
import type { RunningNode } from '#server/main.ts'
import type { Person } from './history/timeline.ts'
import { painting, paper } from './painting.ts'

interface Find {
  readonly who: Person
  readonly text: string
  readonly name: string
  readonly bytes: Buffer
}

/** Two messages with a file each, at a moment. */
export async function showFinds(
  node: Pick<RunningNode, 'as'>,
  at: Date,
  { courseId, teacher, learner }: { readonly courseId: string; readonly teacher: Person; readonly learner: Person },
): Promise<void> {
  const channel = await node.as(teacher, at).act(ctx => findCourseChannel(ctx, courseId, 'chat'))
  if (!channel) throw new Error('The first course has no chat')
  const show = async (channelId: ChannelId, { who, text, name, bytes }: Find) => {
    const id = await node.as(who, at).act(async ctx => {
      const upload = await startAttachment(ctx, { channelId, name, size: bytes.length, print: '' })
      const append = await prepareAppend(ctx, { uploadId: upload.id, offset: 0 }, Readable.from([bytes]))
      await append(ctx)
      return upload.id as string as AttachmentId
    })
    await node.as(who, at).call(channelCalls.send, { channelId, text, files: [id] })
  }
  await show(channel.id, {
    ...{ who: learner, text: 'The leaf we are to draw, held against the window.', name: 'Leaf against the light.png' },
    bytes: painting(960, 720),
  })
  await show(channel.id, {
    ...{ who: teacher, text: 'Well seen. What to look for is on one page.', name: 'How to draw a leaf.pdf' },
    bytes: paper('How to draw a leaf', [
      'Begin with the outline, larger than you think.',
      'Draw the middle vein from the stalk to the tip.',
      'Count the side veins before you draw them.',
      'Write the scale beside it.',
    ]),
  })
}
