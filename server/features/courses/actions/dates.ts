// Who knows the dates of things in a course, so that many of them can be moved at once: when something opens, when
// homework is due. The registry is kept here so that the features above can fill it.
import type { CourseId, ItemDetail } from '#protocol/courses.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { ItemRow, ModuleRow } from '../tables.ts'

export interface DatedThings {
  readonly courseId: CourseId
  readonly items: readonly ItemRow[]
  readonly modules: readonly ModuleRow[]
}

export interface MovedDates {
  /** Ids of the items and modules whose dates are other ones now. */
  readonly moved: readonly string[]
  /** Of those whose dates can not lie there. */
  readonly left: readonly string[]
  /** What an item shows beside its title from now on, by its id. */
  readonly details?: ReadonlyMap<string, ItemDetail>
}

export interface CourseDates {
  /** Moves all dates of these things. A fixed number of statements, but for what an instant of its own hangs on. */
  readonly move: (ctx: WriteCtx, things: DatedThings, to: (at: Date) => Date) => Promise<MovedDates>
}

/** When things open and close: kept by one feature. Answers what stood there before. */
export type Windows = (
  ctx: WriteCtx,
  things: DatedThings,
  wanted: ReadonlyMap<string, Window>,
) => Promise<{ readonly before: ReadonlyMap<string, Window>; readonly left: readonly string[] }>

export interface Window {
  readonly from: string | null
  readonly until: string | null
}

const dates = new Map<string, CourseDates>()
let windows: Windows | undefined

/** Adds the dates that a feature knows. Called once a name, when a feature's index is loaded. */
export function registerCourseDates(name: string, known: CourseDates): void {
  if (dates.has(name)) throw new Error(`Two features call their dates ${name}`)
  dates.set(name, known)
}

/** Says who keeps when things open. */
export function registerWindows(keeper: Windows): void {
  windows = keeper
}

export const courseDates = (): readonly CourseDates[] => [...dates.values()]

export const setWindows: Windows = async (ctx, things, wanted) =>
  windows ? windows(ctx, things, wanted) : { before: new Map(), left: [] }
