// Opening a channel. Rights are the caller's to ask.
import type { Channel, ChannelForm } from '#protocol/channels.ts'
import type { CourseCompanion } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { type ChannelFacts, channelOf } from '../queries/channel.ts'

/** Opens a channel in a context whose kind somebody answers for (registerChannelContext). */
export async function createChannel(
  ctx: WriteCtx,
  input: { form: Exclude<ChannelForm, 'direct'>; contextKind: string; contextId: string; title: string },
): Promise<Channel> {
  const [row] = await ctx.sql<ChannelFacts>(
    `insert into channels (id, form, context_kind, context_id, title, created_at) values ($1, $2, $3, $4, $5, $6)
     returning *`,
    [newId<'Channel'>(), input.form, input.contextKind, input.contextId, input.title, ctx.now],
  )
  if (!row) throw new Error('a channel was not written')
  return channelOf(row, [])
}

/** What every course has; the form is their title. */
export const channelsOfCourse: CourseCompanion = async (ctx, course) => {
  for (const form of ['chat', 'forum', 'announcements'] as const)
    await createChannel(ctx, { form, contextKind: 'course', contextId: course.id, title: '' })
}
