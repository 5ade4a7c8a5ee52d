// Hears when a forum may be open to fewer people than before: its place was taken back from learners, or says anew when it
// opens. Who has it open is judged again. What shuts by the clock alone is refused to whoever reads anew.
import { conditionsScope } from '#protocol/conditions.ts'
import { courseScope } from '#protocol/courses.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { bindListener, type Listener } from '#server/platform/feature.ts'
import { hasForums } from './queries/placed.ts'

const judgeAnew = async (ctx: WriteCtx, courseId: string): Promise<void> => {
  if (await hasForums(ctx, courseId)) ctx.rightsChanged('site')
}

export const listeners: readonly Listener[] = [
  bindListener(courseScope, {
    name: 'channels.places',
    kinds: ['itemRemoved', 'moduleRemoved'],
    run: (ctx, { scopeId }) => judgeAnew(ctx, scopeId),
  }),
  bindListener(conditionsScope, {
    name: 'channels.releases',
    kinds: ['releasesChanged'],
    run: (ctx, { scopeId }) => judgeAnew(ctx, scopeId),
  }),
]
