// What a person's courses ask of them today, and the registry of all who have something to say there. It is kept in
// courses because everything a person is reminded of happens in one: features above fill it, `today` above them reads it.
import type { AccountId } from '#protocol/base/ids.ts'
import type { TodayEntry } from '#protocol/today.ts'
import type { Ctx } from '#server/platform/ctx.ts'

/** Answers what one person should see; at most a few dozen entries, in one or two queries. */
export type TodaySource = (ctx: Ctx, accountId: AccountId) => Promise<TodayEntry[]>

const sources: TodaySource[] = []

/** Adds a source; called once, when a feature's index is loaded. */
export const registerTodaySource = (source: TodaySource): void => {
  sources.push(source)
}

/** Every source that was registered. */
export const todaySources = (): readonly TodaySource[] => sources

interface Row {
  id: string
  kind: string
  ref_id: string
  title: string
  badge: 'live' | 'open'
  due_at: string | null
  course_id: string
  course_title: string
}

const most = 50

/** Published items that are live now, and open ones with a due time not a week past, in the person's courses. */
export const todayItems: TodaySource = async (ctx, accountId) => {
  const rows = await ctx.sql<Row>(
    `select i.id, i.kind, i.ref_id, i.title, i.badge, i.detail ->> 'dueAt' as due_at,
            c.id as course_id, c.title as course_title
       from enrolments e
       join courses c on c.id = e.course_id and c.removed_at is null
       join items i on i.course_id = c.id and i.published and i.removed_at is null
       left join modules m on m.id = i.module_id
      where e.account_id = $1 and e.ended_at is null and m.removed_at is null
        and (i.badge = 'live' or (i.badge = 'open' and i.detail ->> 'dueAt' > $2))
      order by i.badge = 'live' desc, i.detail ->> 'dueAt', i.id limit $3`,
    [accountId, new Date(ctx.now.getTime() - 7 * 86_400_000).toISOString(), most],
  )
  return rows.map(row => ({
    kind: row.badge === 'live' ? ('live' as const) : ('due' as const),
    item: { kind: row.kind, refId: row.ref_id },
    title: row.title,
    courseId: row.course_id,
    courseTitle: row.course_title,
    at: row.badge === 'live' ? null : row.due_at,
    detail: {},
  }))
}
