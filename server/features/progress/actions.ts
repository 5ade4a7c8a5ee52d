// Writes what makes items done, that a page was read and what was marked by hand, and tells staff that somebody got on.
import * as z from 'zod/mini'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { type CourseId, courseId as courseIdSchema, type ItemId, itemId } from '#protocol/courses.ts'
import { type CompletionRule, completionAsks, progressScope, rulePercent, scoredKinds } from '#protocol/progress.ts'
import { bumpUser } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { demandOpen, hasReleases, tellReleases } from '#server/features/conditions/index.ts'
import { type CoursePart, type CourseReset, courseContext, lockCourse } from '#server/features/courses/index.ts'
import { accountOf, type WriteCtx } from '#server/platform/ctx.ts'
import type { AccountHooks, JobBinding } from '#server/platform/feature.ts'
import { exportMarkedDone, exportPagesRead } from './queries/own.ts'
import { type CourseProgressItem, countMarks, getRule, markedIn, readIn } from './queries/record.ts'
import { completionRules, doneMarks } from './tables.ts'

/** Courses whose staff are about to be told. */
const telling = new Set<string>()
const gatherMs = 1_000

/**
 * Says to a course's staff that somebody got on: once for all that happens on this node within a second. A hint: a class
 * that reads the same page must not queue for one counter, the table is worked out from the record, and whoever looks
 * reads it anew at the next hint, when they come back and when they open it.
 */
export function tellMoved(ctx: WriteCtx, courseId: string): void {
  ctx.afterCommit(() => {
    if (telling.has(courseId)) return
    telling.add(courseId)
    setTimeout(() => {
      telling.delete(courseId)
      ctx.emit(progressScope, courseId, { kind: 'moved', body: {} })
    }, gatherMs).unref()
  })
}

/** Tells a person's devices that something may be open to them now, where something in the course waits for it. */
async function tellOpened(ctx: WriteCtx, courseId: string, accountId: AccountId): Promise<void> {
  if (await hasReleases(ctx, courseId)) await bumpUser(ctx, accountId, 'courses')
}

/**
 * Marks a published page of the course as read by the caller, once. Throws `not-found` for a page they can't see and
 * `locked` for one that is shut for them.
 */
export async function readPage(
  ctx: WriteCtx,
  { courseId, pageId }: { courseId: string; pageId: string },
): Promise<void> {
  const accountId = accountOf(ctx.who)
  await demandOpen(ctx, courseId, { kind: 'page', refId: pageId })
  const [page] = await ctx.sql<{ fresh: boolean }>(
    `with page as (
       select i.ref_id from items i join pages p on p.id = i.ref_id left join modules m on m.id = i.module_id
        where i.kind = 'page' and i.ref_id = $1 and i.course_id = $2 and i.published and i.removed_at is null
          and m.removed_at is null
     ), written as (
       insert into page_reads (page_id, account_id, at) select ref_id, $3, $4 from page on conflict do nothing
       returning page_id
     )
     select exists (select from written) as fresh from page`,
    [pageId, courseId, accountId, ctx.now],
  )
  if (!page) throw new Problem('not-found')
  if (!page.fresh) return
  tellMoved(ctx, courseId)
  await tellOpened(ctx, courseId, accountId)
}

interface OfItem {
  readonly courseId: CourseId
  readonly itemId: ItemId
}

/**
 * Says what makes an item done. Throws `not-found`, `conflict` with the current rule when somebody was faster,
 * `malformed` for a score without a percentage, or of what counts in no column.
 */
export async function changeRule(
  ctx: WriteCtx,
  { courseId, itemId, asks, percent, version }: OfItem & Pick<CompletionRule, 'asks' | 'percent' | 'version'>,
): Promise<CompletionRule> {
  const wrong = (path: string, code: string) => ({ errors: [{ path, code }] })
  demand((asks === 'score') === (percent !== null), 'malformed', wrong('percent', 'needed_for_score'))
  await lockCourse(ctx, courseId)
  const { title, kind, ...current } = await getRule(ctx, courseId, itemId)
  demand(asks !== 'score' || scoredKinds.has(kind), 'malformed', wrong('asks', 'no_grade'))
  demand(current.version === version, 'conflict', { params: { current } })
  await completionRules.upsert({ itemId, courseId, asks, percent, version: version + 1 })
  await audit.record(ctx, {
    verb: 'completion.changed',
    subject: { kind: 'item', id: itemId },
    context: courseContext(courseId),
    details: {
      courseId,
      title,
      before: { asks: current.asks, percent: current.percent },
      after: { asks, percent },
    },
  })
  ctx.announce(progressScope, courseId, { kind: 'rulesChanged', body: {} })
  // What waits for it may be open now, and each learner's own count is another.
  tellReleases(ctx, courseId)
  return { itemId, asks, percent, version: version + 1 }
}

/**
 * Marks an item that asks for it as done by the caller, or takes that back. Throws `not-found`, `locked` where it is
 * shut for them.
 */
export async function markDone(ctx: WriteCtx, item: CourseProgressItem, done: 'yes' | 'no'): Promise<void> {
  const accountId = accountOf(ctx.who)
  const { courseId, itemId } = item
  await demandOpen(ctx, courseId, item)
  if (done === 'yes') await doneMarks.upsert({ itemId, accountId, at: ctx.now })
  else await doneMarks.destroy({ where: { itemId, accountId } })
  tellMoved(ctx, courseId)
  await bumpUser(ctx, accountId, 'courses')
}

/** What progress owes a person whose reading it keeps. */
export const accountHooks: AccountHooks = {
  columns: ['page_reads.account_id', 'done_marks.account_id'],
  export: async (ctx, accountId) => ({
    pagesRead: await exportPagesRead(ctx, accountId),
    markedDone: await exportMarkedDone(ctx, accountId),
  }),
  erase: async (ctx, accountId) => {
    await ctx.sql('delete from done_marks where account_id = $1', [accountId])
    await ctx.sql('delete from page_reads where account_id = $1', [accountId])
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
  },
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

const clearedData = z.object({ courseId: courseIdSchema })

/** Tells that marks are gone, in a transaction of its own: the act that takes them has many audiences already. */
export const clearedJob: JobBinding = {
  name: 'progress.cleared',
  run: async (ctx, data) => {
    const { courseId } = z.parse(clearedData, data)
    ctx.announce(progressScope, courseId, { kind: 'marksCleared', body: {} })
    tellReleases(ctx, courseId)
  },
}

/** What was read and marked as done, taken away when a course begins anew; what makes items done stays. */
export const marksReset: CourseReset = {
  count: async (ctx, courseId) => {
    return countMarks(ctx, courseId)
  },
  clear: async (ctx, courseId) => {
    await ctx.client.query(`delete from page_reads where ${readIn}`, [courseId])
    await ctx.client.query(`delete from done_marks where ${markedIn}`, [courseId])
    await ctx.enqueue(clearedJob, { courseId })
  },
}
