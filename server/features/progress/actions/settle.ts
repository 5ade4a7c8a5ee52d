// Keeps the record of who has completed a course: works it out anew for whom something may have changed. It tells them and
// the staff, and changes nothing where nothing became another.
import * as z from 'zod/mini'
import { type AccountId, accountId } from '#protocol/base/ids.ts'
import { type CourseId, courseId as courseIdSchema } from '#protocol/courses.ts'
import { progressScope } from '#protocol/progress.ts'
import { bumpUsers } from '#server/features/accounts/index.ts'
import { tellAll } from '#server/features/notifications/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { courseFacts, dueMoments, findCourseRule, learnersAfter, recordsOf, ruledCoursesOf } from '../queries/course.ts'
import { courseStandingOf, recordOf } from '../rules.ts'
import { courseCompletions, courseRules } from '../tables.ts'

/** rule: another rule holds. record: somebody did something, or did not after all. */
type Why = 'rule' | 'record'

/** The locks of this file stand apart from all other advisory locks by this number. */
const lockSpace = 125

/**
 * Takes these people of a course: whoever settles one of them waits for whoever does already, so that the later one knows
 * more. All of them wait while the course begins anew.
 */
export const lockPeople = (ctx: WriteCtx, courseId: string, accountIds: readonly AccountId[]) =>
  ctx.sql(
    `select pg_advisory_xact_lock_shared(hashtextextended($1, $3))
     union all
     select pg_advisory_xact_lock(hashtextextended($1 || id::text, $3))
       from (select id from unnest($2::uuid[]) as id order by id) as ordered`,
    [courseId, [...accountIds], lockSpace],
  )

/** Takes a course whose marks go: waits for whoever settles one of its people, so that none of them writes a record after it. */
export const lockEverybody = (ctx: WriteCtx, courseId: string) =>
  ctx.sql('select pg_advisory_xact_lock(hashtextextended($1, $2))', [courseId, lockSpace])

/** Once a course, also where the record goes and comes back; what was so long before is no news. */
const tellCompleted = (ctx: WriteCtx, courseId: CourseId, accountId: AccountId, at: Date) =>
  tellAll(ctx, [accountId], {
    kind: 'completed',
    source: `completed ${courseId}`,
    ...{ refId: courseId, courseId, messageId: null, at: at.toISOString() },
  })

/**
 * Works out anew who of these people has completed a course, and keeps it. Those who do not learn there any more keep what
 * they have. A fixed number of queries, and those of their grades where the rule asks for one.
 */
export async function settle(
  ctx: WriteCtx,
  courseId: CourseId,
  accountIds: readonly AccountId[],
  why: Why,
): Promise<void> {
  if (accountIds.length === 0) return
  await lockPeople(ctx, courseId, accountIds)
  const rule = await findCourseRule(courseId)
  const facts = await courseFacts(ctx, courseId, rule, accountIds)
  const records = new Map((await recordsOf(ctx, courseId, accountIds)).map(row => [row.account_id, row]))
  const changed: AccountId[] = []
  for (const [id, known] of facts) {
    const row = records.get(id)
    const before = row && { at: new Date(row.at), ruleVersion: row.rule_version, takenAt: row.taken_at }
    const { complete } = courseStandingOf(rule, known, ctx.now)
    const after = recordOf(before, rule.parts.length === 0 ? null : complete, {
      why,
      version: rule.version,
      now: ctx.now,
    })
    if (after === 'keep') continue
    if (after === 'drop') await courseCompletions.destroy({ where: { courseId, accountId: id } })
    else await courseCompletions.upsert({ courseId, accountId: id, ...after })
    changed.push(id)
    // Who says it of themselves need not be told.
    if (after !== 'drop' && after.takenAt === null && id !== actorOf(ctx.who))
      await tellCompleted(ctx, courseId, id, after.at)
  }
  if (changed.length === 0) return
  ctx.announce(progressScope, courseId, { kind: 'courseCompleted', body: {} })
  await bumpUsers(ctx, changed, 'courses')
}

/** How many people one job looks at. */
const peopleAJob = 50

const settleData = z.object({
  courseId: courseIdSchema,
  why: z.enum(['rule', 'record']),
  /** Null: everybody, after `after` by id. */
  accountIds: z.nullable(z.array(accountId)),
  after: z.nullable(z.string()),
})

export const settleJob: JobBinding = {
  name: 'progress.settle',
  run: async (ctx, data) => {
    const { courseId, why, accountIds, after } = z.parse(settleData, data)
    const ids = accountIds ?? (await learnersAfter(ctx, courseId, after, peopleAJob))
    await settle(ctx, courseId, ids, why)
    const last = ids.at(-1)
    if (accountIds === null && last !== undefined && ids.length === peopleAJob)
      await ctx.enqueue(settleJob, { courseId, why, accountIds: null, after: last })
  },
}

/** Has everybody's record of a course worked out anew, soon after the commit; nothing where it follows no rule. */
export async function settleAll(ctx: WriteCtx, courseId: CourseId, why: Why): Promise<void> {
  // That a rule is gone takes what it gave.
  if (why === 'record' && (await findCourseRule(courseId)).parts.length === 0) return
  await ctx.enqueue(settleJob, { courseId, why, accountIds: null, after: null })
}

/** Rows a course, and those of one course in portions for a job each. */
function portions<Row extends { readonly courseId: CourseId }>(
  rows: readonly Row[],
): { courseId: CourseId; rows: Row[] }[] {
  const found: { courseId: CourseId; rows: Row[] }[] = []
  for (const row of rows) {
    const last = found.at(-1)
    if (last?.courseId === row.courseId && last.rows.length < peopleAJob) last.rows.push(row)
    else found.push({ courseId: row.courseId, rows: [row] })
  }
  return found
}

/** The same for these people in whatever courses they learn in that follow a rule. One query where there is none. */
export async function settleSoon(ctx: WriteCtx, accountIds: readonly AccountId[]): Promise<void> {
  if (accountIds.length === 0) return
  for (const { courseId, rows } of portions(await ruledCoursesOf(ctx, accountIds)))
    await ctx.enqueue(settleJob, {
      ...{ courseId, why: 'record', after: null },
      accountIds: rows.map(one => one.accountId),
    })
}

/** Looks whose moment has come, of a date or so many days in a course. */
export async function lookForMoments(ctx: WriteCtx): Promise<void> {
  for (const { courseId, rows } of portions(await dueMoments(ctx))) {
    const accountIds = rows.flatMap(one => one.accountId ?? [])
    if (accountIds.length < rows.length) await settleAll(ctx, courseId, 'record')
    else await ctx.enqueue(settleJob, { courseId, why: 'record', accountIds, after: null })
    await courseRules.update({ lookedAt: ctx.now }, { where: { courseId } })
  }
}
