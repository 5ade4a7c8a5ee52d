// After an announcement: everybody's Today is read again. A job, because it concerns a whole course.
import * as z from 'zod/mini'
import { channelId as channelIdSchema } from '#protocol/channels.ts'
import { bumpUsers } from '#server/features/accounts/index.ts'
import { listMemberIds } from '#server/features/courses/index.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { getChannel } from '../queries/channel.ts'

const data = z.object({ channelId: channelIdSchema })

export const announcedJob: JobBinding = {
  name: 'channels.announced',
  run: async (ctx, raw) => {
    const channel = await getChannel(ctx, z.parse(data, raw).channelId)
    if (channel.context_kind === 'course') await bumpUsers(ctx, await listMemberIds(ctx, channel.context_id), 'courses')
  },
}
