// Writes what makes items done, that a page was read and what was marked by hand, and tells staff that somebody got on.
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseId, ItemId } from '#protocol/courses.ts'
import { type CompletionRule, progressScope, scoredKinds } from '#protocol/progress.ts'
import { bumpUser } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { demandOpen, hasReleases, tellReleases } from '#server/features/conditions/index.ts'
import { courseContext, lockCourse } from '#server/features/courses/index.ts'
import { accountOf, type WriteCtx } from '#server/platform/ctx.ts'
import { type CourseProgressItem, getRule } from '../queries/record.ts'
import { completionRules, doneMarks } from '../tables.ts'
import { settleAll, settleSoon } from './settle.ts'

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
  await settleSoon(ctx, [accountId])
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
  // What waits for it may be open now, and each learner's own count is another; so may be who has completed the course.
  await tellReleases(ctx, courseId)
  await settleAll(ctx, courseId, 'record')
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
