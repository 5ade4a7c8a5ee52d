// How long things are kept, as administrators read it. Changes nothing.
import { type CourseHold, type RetentionKind, retentionKinds } from '#protocol/privacy.ts'
import type { Ctx } from '#server/platform/ctx.ts'

interface Retention {
  readonly windows: { readonly kind: RetentionKind; readonly months: number | null }[]
  readonly holds: CourseHold[]
  readonly last: { readonly at: string; readonly rows: number } | null
}

/** Windows of every kind, held courses by title, and the last night that is done. */
export async function readRetention(ctx: Ctx): Promise<Retention> {
  const windows = await ctx.sql<{ kind: RetentionKind; months: number }>('select kind, months from retention_windows')
  const holds = await ctx.sql<Omit<CourseHold, 'at'> & { at: Date }>(
    `select h.course_id as "courseId", c.title, h.reason, a.name as by, h.at from course_holds h
       join courses c on c.id = h.course_id join accounts a on a.id = h.held_by order by lower(c.title), c.id`,
  )
  const [last] = await ctx.sql<{ at: Date; removed: Record<string, number> }>(
    'select finished_at as at, removed from retention_nights where finished_at is not null order by day desc limit 1',
  )
  const months = new Map(windows.map(one => [one.kind, one.months]))
  return {
    windows: retentionKinds.map(kind => ({ kind, months: months.get(kind) ?? null })),
    holds: holds.map(one => ({ ...one, at: new Date(one.at).toISOString() })),
    last: last
      ? { at: new Date(last.at).toISOString(), rows: Object.values(last.removed).reduce((sum, n) => sum + n, 0) }
      : null,
  }
}
