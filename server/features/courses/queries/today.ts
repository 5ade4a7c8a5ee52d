// What a person's courses ask of them today, and the registry of all who have something to say there. It is kept in
// courses because everything a person is reminded of happens in one: features above fill it, `today` above them reads it.
import type { AccountId } from '#protocol/base/ids.ts'
import type { TodayEntry } from '#protocol/today.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { liveNow } from './live-now.ts'
import type { CourseOfPerson } from './of-person.ts'

/**
 * Answers what one person should see in the courses they are in, as far as what they hold there lets them; at most a few
 * dozen entries, in one or two queries.
 */
export type TodaySource = (ctx: Ctx, accountId: AccountId, own: readonly CourseOfPerson[]) => Promise<TodayEntry[]>

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
  course_id: string
  course_title: string
}

const most = 50

/** Published items that are live now, in the person's courses. What is due is said by the feature that knows who is done. */
export const todayItems: TodaySource = async (ctx, _accountId, own) => {
  const rows = await ctx.sql<Row>(
    `select i.id, i.kind, i.ref_id, i.title, c.id as course_id, c.title as course_title
       from courses c
       join items i on i.course_id = c.id
       left join modules m on m.id = i.module_id
      where c.id = any($1::uuid[]) and ${liveNow}
      order by i.id limit $2`,
    [own.filter(one => one.holds('course.view')).map(one => one.id), most],
  )
  return rows.map(row => ({
    kind: 'live' as const,
    item: { kind: row.kind, refId: row.ref_id },
    title: row.title,
    courseId: row.course_id,
    courseTitle: row.course_title,
    at: null,
    detail: {},
  }))
}
