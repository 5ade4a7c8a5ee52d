// What goes with the words of messages when they are taken away.
import type { MessageId } from '#protocol/channels.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { takeFiles } from './attach.ts'

/** Everything that stands beside the words of messages and goes with them. */
export async function takeWhatHangsOn(ctx: WriteCtx, ids: readonly MessageId[]): Promise<void> {
  for (const table of ['message_versions', 'mentions', 'reactions'])
    await ctx.sql(`delete from ${table} where message_id = any($1::uuid[])`, [[...ids]])
  await takeFiles(ctx, ids)
}
