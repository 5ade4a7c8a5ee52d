// Says how long things are kept and which courses are held, and takes away what is too old: every night, a batch a
// transaction, by what the features that own it offer for that. One record of the audit says what went.

import * as z from 'zod/mini'
import type { AuditVerb } from '#protocol/audit/verbs.ts'
import { Problem } from '#protocol/base/problems.ts'
import { type RetentionKind, retentionKinds } from '#protocol/privacy.ts'
import { makeFormer } from '#server/features/accounts/index.ts'
import { forgetRaw, handRecordOver } from '#server/features/activities/index.ts'
import { handSubmissionsOver } from '#server/features/assignments/index.ts'
import { handAttendanceOver } from '#server/features/attendance/index.ts'
import { audit, eraseDetails } from '#server/features/audit/index.ts'
import { takeOldWords } from '#server/features/channels/index.ts'
import { handGradesOver } from '#server/features/grades/index.ts'
import { handSeatsOver } from '#server/features/live/index.ts'
import { dropNotifications } from '#server/features/notifications/index.ts'
import { handAttemptsOver } from '#server/features/packages/index.ts'
import { dropIntervals } from '#server/features/presence/index.ts'
import { dropMessages } from '#server/features/webhooks/index.ts'
import { accountOf, type WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { ofOnePlace, pickPast, pickRecords } from '../queries/past.ts'
import { isNight, monthsBefore } from '../rules/times.ts'
import { courseHolds, retentionNights, retentionWindows } from '../tables.ts'

/** Keeps a kind for so many months, or for ever; the same again changes nothing. */
export async function changeWindow(ctx: WriteCtx, kind: RetentionKind, months: number | null): Promise<void> {
  const before = await retentionWindows.findByPk(kind, { lock: true, raw: true })
  if ((before?.months ?? null) === months) return
  if (months === null) await retentionWindows.destroy({ where: { kind } })
  else await retentionWindows.upsert({ kind, months, changedAt: ctx.now })
  const details = { before: { months: before?.months ?? null }, after: { months } }
  await audit.record(ctx, { verb: 'retention.changed', subject: { kind: 'retention', id: kind }, details })
}

const recordOf = (ctx: WriteCtx, verb: AuditVerb, id: string, details: Record<string, unknown> = {}) =>
  audit.record(ctx, { verb, subject: { kind: 'course', id }, context: { kind: 'course', id }, details })

/** Holds a course: nothing of it goes by age. Held already, it has another reason. Throws `not-found`. */
export async function holdCourse(ctx: WriteCtx, courseId: string, reason: string): Promise<void> {
  const [course] = await ctx.sql('select id from courses where id = $1 for share', [courseId])
  if (!course) throw new Problem('not-found')
  await courseHolds.upsert({ courseId, reason, heldBy: accountOf(ctx.who), at: ctx.now })
  await recordOf(ctx, 'course.held', courseId, { reason })
}

/** Lets a course grow old like others again. One that is not held stays as it is. */
export async function releaseCourse(ctx: WriteCtx, courseId: string): Promise<void> {
  if ((await courseHolds.destroy({ where: { courseId } })) > 0) await recordOf(ctx, 'course.released', courseId)
}

const peopleATurn = 50

/** Grades of a few people lose whose they are: the record of the course goes over to accounts that are nobody's. */
async function handOver(ctx: WriteCtx, before: Date): Promise<number> {
  const past = await pickRecords(ctx, before, peopleATurn)
  if (!past) return 0
  const { courseId, accountIds } = past
  const former = await makeFormer(ctx, accountIds.length)
  const people = former.flatMap((into, at) => {
    const from = accountIds[at]
    return from ? [{ from, into }] : []
  })
  await handRecordOver(ctx, courseId, people)
  await handGradesOver(ctx, courseId, people)
  await handSubmissionsOver(ctx, courseId, people)
  await handAttemptsOver(ctx, courseId, people)
  await handSeatsOver(ctx, courseId, people)
  await handAttendanceOver(ctx, courseId, people)
  return people.length
}

/** Takes one batch of a kind away; answers how many records went, 0 when nothing is past its time. */
async function takeBatch(ctx: WriteCtx, kind: RetentionKind, before: Date): Promise<number> {
  const { part, ids } = await pickPast(ctx, kind, before)
  if (ids.length === 0) return 0
  switch (part) {
    case 'talk': {
      const place = await ofOnePlace(ctx, ids)
      if (place) await takeOldWords(ctx, place, place.ids)
      return place?.ids.length ?? 0
    }
    case 'live':
      await forgetRaw(ctx, ids)
      return ids.length
    case 'presence':
      await dropIntervals(ctx, ids)
      return ids.length
    case 'notices':
      await dropNotifications(ctx, ids)
      return ids.length
    case 'records':
      return handOver(ctx, before)
    case 'told':
      await dropMessages(ctx, ids)
      return ids.length
    case 'details':
      await eraseDetails(ctx, ids)
      return ids.length
  }
}

const nightData = z.object({ day: z.string() })

/** One batch a turn, kind after kind; at the end the night is written down. */
export const nightJob = {
  name: 'privacy.night',
  run: async (ctx: WriteCtx, data: unknown): Promise<'again' | 'done'> => {
    const { day } = z.parse(nightData, data)
    const night = await retentionNights.findByPk(day, { lock: true, raw: true })
    if (!night || night.finishedAt !== null) return 'done'
    const kind = retentionKinds[night.step]
    if (kind === undefined) {
      await retentionNights.update({ finishedAt: ctx.now }, { where: { day } })
      const subject = { kind: 'retention', id: day }
      await audit.record(ctx, { verb: 'retention.done', subject, details: night.removed })
      return 'done'
    }
    const window = await retentionWindows.findByPk(kind, { raw: true })
    const gone = window ? await takeBatch(ctx, kind, monthsBefore(ctx.now, window.months)) : 0
    await retentionNights.update(
      gone === 0
        ? { step: night.step + 1 }
        : { removed: { ...night.removed, [kind]: (night.removed[kind] ?? 0) + gone } },
      { where: { day } },
    )
    return 'again'
  },
} satisfies JobBinding

/** Begins the night of a day, once. */
export async function beginNight(ctx: WriteCtx, day: string): Promise<void> {
  const [begun] = await ctx.sql('insert into retention_nights (day) values ($1) on conflict do nothing returning day', [
    day,
  ])
  if (begun) await ctx.enqueue(nightJob, { day })
}

/** Every node looks whether it is night. */
export async function lookForNight(ctx: WriteCtx): Promise<void> {
  if (isNight(ctx.now)) await beginNight(ctx, ctx.now.toISOString().slice(0, 10))
}
