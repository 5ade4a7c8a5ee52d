// Releases columns of a gradebook to their learners and holds them back: at once, at a moment, or all new ones of a course.
// Asks no rights.
import * as z from 'zod/mini'
import { demand, Problem } from '#protocol/base/problems.ts'
import { type GradeItem, type GradeItemId, gradebookScope, gradeItemId } from '#protocol/grades.ts'
import { audit } from '#server/features/audit/index.ts'
import { courseContext, getCourse, listMemberIds } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { gradeItemOf, listGraded } from '../queries/gradebook.ts'
import { type GradeItemRow, gradebooks, gradeItems } from '../tables.ts'
import { countChange, lockGradeItem, tellGrades } from './compute.ts'
import { announceItem } from './items.ts'

/** Writes how a column stands, says it to its staff, and to everybody who learns there or has a grade in it. */
async function setHeld(
  ctx: WriteCtx,
  row: GradeItemRow,
  { held, releasesAt }: { held: boolean; releasesAt: Date | null },
): Promise<GradeItem> {
  const next: GradeItemRow = {
    ...row,
    heldAt: held ? (row.heldAt ?? ctx.now) : null,
    releasesAt: held ? releasesAt : null,
    releasedAt: !held && row.heldAt ? ctx.now : row.releasedAt,
    version: row.version + 1,
  }
  const { heldAt, releasedAt, version } = next
  await gradeItems.update({ heldAt, releasesAt: next.releasesAt, releasedAt, version }, { where: { id: row.id } })
  const turned = held !== (row.heldAt !== null)
  const people = turned ? await listGraded(ctx, row.id) : []
  await audit.record(ctx, {
    verb: !held ? 'grade-item.released' : turned ? 'grade-item.held-back' : 'grade-item.release-planned',
    subject: { kind: 'grade-item', id: row.id },
    context: courseContext(row.courseId),
    details: {
      title: row.title,
      ...(turned ? { people: people.length } : {}),
      ...(next.releasesAt ? { at: next.releasesAt.toISOString() } : {}),
    },
  })
  if (turned) {
    const learners = await listMemberIds(ctx, row.courseId, ['learner'])
    await tellGrades(ctx, [...new Set([...learners, ...people])].sort())
  }
  if (next.releasesAt)
    await ctx.enqueue(
      releaseJob,
      { gradeItemId: row.id, at: next.releasesAt.toISOString() },
      { startAfter: next.releasesAt },
    )
  return announceItem(ctx, next)
}

/**
 * Releases a column or holds it back, with a moment of its own release where one is given. What stands already is not
 * done again. Throws `not-found`, `conflict` for another version and `malformed` for a moment that has passed.
 */
export async function releaseColumn(
  ctx: WriteCtx,
  given: { gradeItemId: GradeItemId; version: number; held: boolean; releasesAt?: string | null | undefined },
): Promise<GradeItem> {
  const row = await lockGradeItem(ctx, given.gradeItemId)
  if (row.version !== given.version) throw new Problem('conflict', { params: { current: gradeItemOf(row) } })
  const releasesAt = given.held && given.releasesAt ? new Date(given.releasesAt) : null
  demand(releasesAt === null || releasesAt > ctx.now, 'malformed', { errors: [{ path: 'releasesAt', code: 'past' }] })
  const stands = given.held === (row.heldAt !== null) && releasesAt?.getTime() === row.releasesAt?.getTime()
  return stands ? gradeItemOf(row) : setHeld(ctx, row, { held: given.held, releasesAt })
}

const releaseData = z.object({ gradeItemId, at: z.string() })

/** Releases a column at its moment, unless that was put off, taken back or done by somebody meanwhile. */
export const releaseJob: JobBinding = {
  name: 'grades.release',
  run: async (ctx, data) => {
    const given = z.parse(releaseData, data)
    const [known] = await ctx.sql('select 1 from grade_items where id = $1', [given.gradeItemId])
    if (!known) return
    const row = await lockGradeItem(ctx, given.gradeItemId)
    if (row.heldAt && row.releasesAt?.toISOString() === given.at)
      await setHeld(ctx, row, { held: false, releasesAt: null })
  },
}

/** Whether new columns of a course are held back. Throws `not-found`. */
export async function changeBook(
  ctx: WriteCtx,
  { courseId, holds }: { courseId: string; holds: boolean },
): Promise<{ holds: boolean }> {
  const course = await getCourse(ctx, courseId)
  const changes = await countChange(ctx, course.id)
  const [changed] = await gradebooks.update({ holds }, { where: { courseId: course.id, holds: !holds } })
  if (changed > 0)
    await audit.record(ctx, {
      verb: 'gradebook.changed',
      subject: { kind: 'course', id: course.id },
      context: courseContext(course.id),
      details: { holds },
    })
  ctx.announce(gradebookScope, course.id, { kind: 'gradebookChanged', body: { holds, changes } })
  return { holds }
}
