// What goes on in a course just now, such as a class that is held: the features above tell it here, and no way of ending
// the course, or of taking the thing out of it, passes while it does.
import { demand } from '#protocol/base/problems.ts'
import type { Ctx } from '#server/platform/ctx.ts'

/** A thing as it is placed in a course. */
export interface ItemRef {
  kind: string
  refId: string
}

/** The things of one course that go on right now, as its items name them. One query. */
export type RunningThings = (ctx: Ctx, courseId: string) => Promise<ItemRef[]>

const sources: RunningThings[] = []

/** To be called once, when a feature loads. */
export const registerRunning = (source: RunningThings): void => {
  sources.push(source)
}

/** Throws `still-running` when one of `things` goes on; without them when anything does, placed or not. */
export async function demandNothingRuns(ctx: Ctx, courseId: string, things?: readonly ItemRef[]): Promise<void> {
  if (things?.length === 0) return
  for (const source of sources) {
    const running = await source(ctx, courseId)
    const meant = running.filter(
      one => things?.some(thing => thing.kind === one.kind && thing.refId === one.refId) ?? true,
    )
    demand(meant.length === 0, 'still-running')
  }
}
