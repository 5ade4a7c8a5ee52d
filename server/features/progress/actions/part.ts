// What progress owes people whose reading and marks it keeps, and its parts of a course: for copies, archives and a new
// beginning.
import * as z from 'zod/mini'
import { courseId as courseIdSchema, type ItemId, itemId } from '#protocol/courses.ts'
import { courseRuleSaid, type CoursePart as RulePart } from '#protocol/progress/course.ts'
import { completionAsks, progressScope, rulePercent } from '#protocol/progress.ts'
import { bumpUsers } from '#server/features/accounts/index.ts'
import { tellReleases } from '#server/features/conditions/index.ts'
import { type CoursePart, type CourseReset, listMemberIds } from '#server/features/courses/index.ts'
import type { AccountHooks, JobBinding } from '#server/platform/feature.ts'
import { exportCourses } from '../queries/course.ts'
import { exportMarkedDone, exportPagesRead } from '../queries/own.ts'
import { countMarks, markedIn, readIn } from '../queries/record.ts'
import { completionRules, courseRules } from '../tables.ts'
import { lockEverybody, settleSoon } from './settle.ts'

/** What progress owes a person whose reading it keeps. */
export const accountHooks: AccountHooks = {
  columns: [
    'page_reads.account_id',
    'done_marks.account_id',
    'course_completions.account_id',
    'course_marks.account_id',
    'course_marks.marked_by',
  ],
  export: async (ctx, accountId) => ({
    pagesRead: await exportPagesRead(ctx, accountId),
    markedDone: await exportMarkedDone(ctx, accountId),
    ...(await exportCourses(ctx, accountId)),
  }),
  erase: async (ctx, accountId) => {
    await ctx.sql('delete from done_marks where account_id = $1', [accountId])
    await ctx.sql('delete from page_reads where account_id = $1', [accountId])
    await ctx.sql('delete from course_marks where account_id = $1', [accountId])
    await ctx.sql('update course_marks set marked_by = null where marked_by = $1', [accountId])
    await ctx.sql('delete from course_completions where account_id = $1', [accountId])
  },
  merge: async (ctx, from, into) => {
    await ctx.sql(
      `insert into done_marks (item_id, account_id, at) select item_id, $2, at from done_marks where account_id = $1
       on conflict (item_id, account_id) do update set at = least(done_marks.at, excluded.at)`,
      [from, into],
    )
    await ctx.sql('delete from done_marks where account_id = $1', [from])
    await ctx.sql(
      `insert into page_reads (page_id, account_id, at) select page_id, $2, at from page_reads where account_id = $1
       on conflict (page_id, account_id) do update set at = least(page_reads.at, excluded.at)`,
      [from, into],
    )
    await ctx.sql('delete from page_reads where account_id = $1', [from])
    await ctx.sql(
      `insert into course_marks (course_id, account_id, what, at, marked_by)
       select course_id, $2, what, at, marked_by from course_marks where account_id = $1 on conflict do nothing`,
      [from, into],
    )
    await ctx.sql('delete from course_marks where account_id = $1', [from])
    await ctx.sql('update course_marks set marked_by = $2 where marked_by = $1', [from, into])
    // The one that holds stays before one that was taken, and then the earlier.
    await ctx.sql(
      `insert into course_completions (course_id, account_id, at, rule_version, taken_at)
       select course_id, $2, at, rule_version, taken_at from course_completions where account_id = $1
       on conflict (course_id, account_id) do update
         set at = excluded.at, rule_version = excluded.rule_version, taken_at = excluded.taken_at
         where (excluded.taken_at is not null, excluded.at) < (course_completions.taken_at is not null, course_completions.at)`,
      [from, into],
    )
    await ctx.sql('delete from course_completions where account_id = $1', [from])
  },
  merged: (ctx, into) => settleSoon(ctx, [into]),
}

const rulesShape = z
  .array(
    z
      .strictObject({ itemId, asks: z.enum(completionAsks), percent: rulePercent })
      .check(z.refine(({ asks, percent }) => (asks === 'score') === (percent !== null))),
  )
  .check(z.refine(all => new Set(all.map(one => one.itemId)).size === all.length))

/** What makes items done, as a part of their course. */
export const rulesPart: CoursePart<z.infer<typeof rulesShape>> = {
  shape: rulesShape,
  take: async (_ctx, courseId) => {
    const rows = await completionRules.findAll({ where: { courseId }, order: [['itemId', 'asc']], raw: true })
    return rows.map(({ itemId, asks, percent }) => ({ itemId, asks, percent }))
  },
  hang: async (_ctx, { to: courseId, find }, part) => {
    await completionRules.bulkCreate(
      part.flatMap(row => {
        const itemId = find<ItemId>('item', row.itemId)
        return itemId === undefined ? [] : [{ ...row, itemId, courseId, version: 1 }]
      }),
    )
  },
}

function partIn(part: RulePart, find: (id: ItemId) => ItemId | undefined, move: (at: Date) => Date): RulePart[] {
  if (part.kind === 'date') return [{ ...part, at: move(new Date(part.at)).toISOString() }]
  if (part.kind !== 'items') return [part]
  const itemIds = part.itemIds.flatMap(id => find(id) ?? [])
  return itemIds.length === 0 ? [] : [{ ...part, itemIds }]
}

/** What completes a course, as a part of it: none where nothing does. Its date moves, its items are those of the new course. */
export const courseRulePart: CoursePart<z.infer<typeof courseRuleSaid> | null> = {
  shape: z.nullable(courseRuleSaid),
  take: async (_ctx, courseId) => {
    const row = await courseRules.findByPk(courseId, { raw: true })
    return row && row.parts.length > 0 ? { need: row.need, parts: row.parts } : null
  },
  undated: said => {
    const parts = said?.parts.filter(one => one.kind !== 'date') ?? []
    return said && parts.length > 0 ? { ...said, parts } : null
  },
  hang: async (ctx, { to: courseId, find, move }, said) => {
    const parts = said?.parts.flatMap(one => partIn(one, id => find<ItemId>('item', id), move)) ?? []
    if (said && parts.length > 0)
      await courseRules.create({ courseId, need: said.need, parts, version: 1, lookedAt: ctx.now })
  },
}

const clearedData = z.object({ courseId: courseIdSchema })

/** Tells that marks are gone, in a transaction of its own: the act that takes them has many audiences already. */
export const clearedJob: JobBinding = {
  name: 'progress.cleared',
  run: async (ctx, data) => {
    const { courseId } = z.parse(clearedData, data)
    ctx.announce(progressScope, courseId, { kind: 'marksCleared', body: {} })
    // What a learner has open shows their own marks; and who completes the course by its dates or grades has done so.
    await bumpUsers(ctx, await listMemberIds(ctx, courseId, ['learner']), 'courses')
    await tellReleases(ctx, courseId)
  },
}

/** What was read and marked as done, and who has completed the course, taken away when a course begins anew; what makes items done and completes it stays. */
export const marksReset: CourseReset = {
  count: async (ctx, courseId) => {
    return countMarks(ctx, courseId)
  },
  clear: async (ctx, courseId) => {
    await lockEverybody(ctx, courseId)
    await ctx.client.query(`delete from page_reads where ${readIn}`, [courseId])
    await ctx.client.query(`delete from done_marks where ${markedIn}`, [courseId])
    await ctx.client.query('delete from course_marks where course_id = $1', [courseId])
    await ctx.client.query('delete from course_completions where course_id = $1', [courseId])
    await ctx.enqueue(clearedJob, { courseId })
  },
}
