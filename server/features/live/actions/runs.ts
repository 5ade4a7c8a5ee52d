// Starts a class and ends it. Starting puts every record in place at once: grade item, chat, questions, deliveries, the
// course's line; ending leaves them all to be read.
import { randomBytes } from 'node:crypto'
import * as z from 'zod/mini'
import type { Input } from '#protocol/base/call.ts'
import { Problem } from '#protocol/base/problems.ts'
import { channelId as channelIdSchema } from '#protocol/channels.ts'
import type { Ranks } from '#protocol/live/ranks.ts'
import { type liveRoutes, type Run, type RunId, runId as runIdSchema, runScope } from '#protocol/live.ts'
import { demandMay } from '#server/features/access/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { closeChannel, createChannel, createForum } from '#server/features/channels/index.ts'
import { changeItem, courseContext, getCourse, lockCourse, placeItem } from '#server/features/courses/index.ts'
import { computeGrades, createGradeItem } from '#server/features/grades/index.ts'
import { classSeatsChanged, createNote } from '#server/features/notes/index.ts'
import { accountOf, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { qaContextKind } from '../queries/qa.ts'
import { listLeftBehind } from '../queries/running.ts'
import { findOpenRun, getRun, runOf } from '../queries/runs.ts'
import { demandHost } from '../queries/standing.ts'
import { qaPolicy, spellCode } from '../rules.ts'
import { clearHands } from './hands.ts'
import { addToAgenda, finishAll } from './stage.ts'

const closeChannelData = z.object({ channelId: channelIdSchema })

/** The chat closes a moment after its class: an action announces to four scopes, and the end has four already. */
export const closeChannelJob: JobBinding = {
  name: 'live.close-channel',
  run: async (ctx, data) => closeChannel(ctx, z.parse(closeChannelData, data).channelId),
}

interface NewRun {
  readonly id: RunId
  readonly courseId: string
  readonly title: string
  readonly channelId: string
  readonly qaId: string
  readonly gradeItemId: string
  readonly startedBy: string
  readonly ranks: Ranks
}

/** Inserts the run under a free code. Two starts at once: the second waits here for the first and is refused. */
async function insertRun(ctx: WriteCtx, run: NewRun): Promise<void> {
  for (;;) {
    const written = await ctx.sql<{ id: string }>(
      `insert into runs (id, course_id, title, code, phase, channel_id, qa_id, grade_item_id, started_by,
         started_at, ranks)
       values ($1, $2, $3, $4, 'open', $5, $6, $7, $8, $9, $10) on conflict do nothing returning id`,
      [
        run.id,
        run.courseId,
        run.title,
        spellCode(randomBytes(6)),
        run.channelId,
        run.qaId,
        run.gradeItemId,
        run.startedBy,
        ctx.now,
        run.ranks,
      ],
    )
    if (written.length > 0) return
    const open = await findOpenRun(ctx, run.courseId)
    if (open) throw new Problem('already-running', { params: { runId: open.id } })
  }
}

/**
 * Starts a class with these activities on its agenda, the first on stage. Throws `not-published`, `too-many`,
 * `not-found`, `not-allowed`, `concluded`, `malformed` for rules of its column that do not fit, and `already-running`
 * with the run.
 */
export async function startRun(ctx: WriteCtx, input: Input<typeof liveRoutes.start>): Promise<Run> {
  // Whoever ends the course at this moment comes before or after, and is heard.
  await lockCourse(ctx, input.courseId)
  await demandMay(ctx, 'live.host', courseContext(input.courseId))
  const accountId = accountOf(ctx.who)
  const course = await getCourse(ctx, input.courseId)
  const open = await findOpenRun(ctx, course.id)
  if (open) throw new Problem('already-running', { params: { runId: open.id } })
  const id = newId<'Run'>()
  const title = input.title ?? course.title
  const gradeItem = await createGradeItem(ctx, { courseId: course.id, title, ...input.grade })
  const channel = await createChannel(ctx, { form: 'chat', contextKind: 'run', contextId: id, title })
  const asked = { contextKind: qaContextKind, contextId: id, title, policy: qaPolicy }
  const qa = await createForum(ctx, asked)
  await createNote(ctx, { courseId: course.id, runId: id, title, writers: 'everybody' })
  await insertRun(ctx, {
    id,
    courseId: course.id,
    title,
    channelId: channel.id,
    qaId: qa.id,
    gradeItemId: gradeItem.id,
    startedBy: accountId,
    ranks: input.ranks ?? 'off',
  })
  const run = await getRun(ctx, id, 'to change')
  for (const activityId of new Set(input.activityIds)) {
    const deliveryId = await addToAgenda(ctx, run, activityId)
    await ctx.sql('update runs set stage_delivery_id = $2 where id = $1 and stage_delivery_id is null', [
      id,
      deliveryId,
    ])
  }
  await ctx.sql("insert into seats (run_id, account_id, role, joined_at) values ($1, $2, 'host', $3)", [
    id,
    accountId,
    ctx.now,
  ])
  const detail = { startedAt: ctx.now.toISOString() }
  await placeItem(ctx, { courseId: course.id, kind: 'class', refId: id, title, published: true, badge: 'live', detail })
  await audit.record(ctx, {
    verb: 'run.started',
    subject: { kind: 'run', id },
    context: courseContext(course.id),
    details: { title },
  })
  return runOf(run)
}

/** Ends a class as its host. Throws as `demandHost`, and `conflict` where what is on stage moves on meanwhile. */
export async function endRun(ctx: WriteCtx, runId: RunId): Promise<void> {
  await demandHost(ctx, runId)
  await closeRun(ctx, runId)
}

const leftBehind = z.object({ runId: runIdSchema })

/** Ends one class that nobody can end any more, since its course is over or in the bin. */
export const leftBehindJob: JobBinding = {
  name: 'live.left-behind',
  run: async (ctx, data) => closeRun(ctx, z.parse(leftBehind, data).runId),
}

/** Finds such classes; each is a job of its own. */
export async function lookForLeftBehind(ctx: WriteCtx): Promise<void> {
  for (const { id } of await listLeftBehind(ctx)) await ctx.enqueue(leftBehindJob, { runId: id })
}

/**
 * Ends a class: what is open closes by the closing rule, the grades stand, the code is nobody's, the chat stays to be
 * read. Ending it again changes nothing. Asks no rights. A message whose right was read before this committed may be written
 * some milliseconds after it: storms of talk take no lock of the run.
 */
async function closeRun(ctx: WriteCtx, runId: RunId): Promise<void> {
  const run = await getRun(ctx, runId, 'to change')
  if (run.phase === 'ended') return
  await ctx.sql(
    "update runs set phase = 'ended', ended_at = $2, stage_delivery_id = null, ranks_shown = null where id = $1",
    [run.id, ctx.now],
  )
  ctx.announce(runScope, run.id, { kind: 'ended', body: { endedAt: ctx.now.toISOString() } })
  // While one question still closes, its last answers count: the grades are computed when it has (advanceRun).
  if ((await finishAll(ctx, run)) === 'over') await computeGrades(ctx, run.grade_item_id)
  await clearHands(ctx, run.id)
  const [held] = await ctx.sql<{ asked: number; people: number }>(
    `select (select coalesce(sum(asked), 0)::int from run_deliveries where run_id = $1) as asked,
            (select count(*)::int from seats where run_id = $1 and role <> 'host') as people`,
    [run.id],
  )
  const detail = { startedAt: new Date(run.started_at).toISOString(), endedAt: ctx.now.toISOString(), ...held }
  await changeItem(ctx, { kind: 'class', refId: run.id, badge: 'ended', detail })
  await classSeatsChanged(ctx, run.id)
  await ctx.enqueue(closeChannelJob, { channelId: run.channel_id })
  await audit.record(ctx, {
    verb: 'run.ended',
    subject: { kind: 'run', id: run.id },
    context: courseContext(run.course_id),
  })
}
