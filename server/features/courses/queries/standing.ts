// Whether a thing can stand in its course again: the feature it belongs to may have removed it by itself, such as a file
// that lies in the bin; and whether it can be published as it is. A kind nobody answers for always can.
import type { Ctx } from '#server/platform/ctx.ts'

/** Whether the thing is there, as its own feature sees it. One query. */
export type ItemStands = (ctx: Ctx, refId: string) => Promise<boolean>

const answers = new Map<string, ItemStands>()

/** Answers for a kind of items. Called once, when a feature's index is loaded. */
export function registerItemStands(kind: string, stands: ItemStands): void {
  if (answers.has(kind)) throw new Error(`Two features say whether a ${kind} stands`)
  answers.set(kind, stands)
}

export const canStand: (ctx: Ctx, item: { kind: string; refId: string }) => Promise<boolean> = async (ctx, item) =>
  (await answers.get(item.kind)?.(ctx, item.refId)) ?? true

/** Throws why a thing can not be published as it is, as its own feature sees it. */
export type ItemReady = (ctx: Ctx, refId: string) => Promise<void>

const readies = new Map<string, ItemReady>()

/** Says for a kind of items whether one can be published. Called once, when a feature's index is loaded. */
export function registerItemReady(kind: string, ready: ItemReady): void {
  if (readies.has(kind)) throw new Error(`Two features say whether a ${kind} can be published`)
  readies.set(kind, ready)
}

interface Published {
  readonly kind: string
  readonly refId: string
  readonly published: boolean
}

/** Throws what its feature says where an item is published that was not. */
export async function demandReady(ctx: Ctx, before: Published, after: Published): Promise<void> {
  if (after.published && !before.published) await readies.get(after.kind)?.(ctx, after.refId)
}
