// What other features hold about the order of a course: asked before an item changes its module or comes back. The
// registry is kept here so that the features above can fill it.
import type { WriteCtx } from '#server/platform/ctx.ts'

/** Throws what the outline of this course, as it now stands in the transaction, must not become. */
export type OutlineGuard = (ctx: WriteCtx, courseId: string) => Promise<void>

const guards: OutlineGuard[] = []

/** To be called once, when a feature loads. */
export const registerOutlineGuard = (guard: OutlineGuard): void => {
  guards.push(guard)
}

/** Asks every guard; a throw takes the change back. */
export async function askGuards(ctx: WriteCtx, courseId: string): Promise<void> {
  for (const guard of guards) await guard(ctx, courseId)
}
