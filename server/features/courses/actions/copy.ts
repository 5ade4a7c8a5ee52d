// Makes a course from another one. The outline is copied here; what stands in it is copied by the features it belongs to,
// which register how, in their order: each finds what those below it have made.
import type { CopyCounts, DateShift, MovedDate } from '#protocol/courses/copy.ts'
import type { Course, CourseId } from '#protocol/courses.ts'
import type { TermId } from '#protocol/organisation.ts'
import { audit } from '#server/features/audit/index.ts'
import { findTerm } from '#server/features/organisation/index.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { courseContext, getCourse } from '../queries/course.ts'
import { clashOf, moveDate } from '../rules.ts'
import { type ItemRow, items, modules } from '../tables.ts'
import { createCourse } from './courses.ts'

/** A copy while it is made. */
export interface CourseCopy {
  readonly from: CourseId
  readonly to: CourseId
  /** What a thing of the old course is called in the new one, by its old id. What has none does not come along. */
  readonly ids: Map<string, string>
  /** What the line of a thing says beside its title, by the old id, where it is not what it was. */
  readonly lines: Map<string, Pick<ItemRow, 'badge' | 'detail'>>
  /** Where a date of the old course comes to lie. */
  readonly move: (at: Date) => Date
}

/** A date that moves. */
export interface CourseDate {
  readonly title: string
  readonly what: MovedDate['what']
  readonly at: Date
}

export interface CourseCopier {
  /** How many of its things would come along. Writes nothing. */
  readonly count?: (ctx: Ctx, from: CourseId) => Promise<Partial<CopyCounts>>
  /** The dates of its things, in any order. */
  readonly dates?: (ctx: Ctx, from: CourseId) => Promise<CourseDate[]>
  /** Copies its things and notes their new ids. */
  readonly make?: (ctx: WriteCtx, copy: CourseCopy) => Promise<void>
  /** Copies what hangs on items and modules, once these stand and their new ids are noted. */
  readonly hang?: (ctx: WriteCtx, copy: CourseCopy) => Promise<void>
}

const copiers = new Map<string, CourseCopier>()

/** Says how the things of a feature come along into a copy. Called once, when a feature's index is loaded. */
export function registerCourseCopier(feature: string, copier: CourseCopier): void {
  if (copiers.has(feature)) throw new Error(`${feature} copies its part of a course already`)
  copiers.set(feature, copier)
}

interface CopyInput {
  courseId: CourseId
  title: string
  shortName: string
  termId: TermId | null
  shift: DateShift
}

/** What would come along and where the dates would lie, the earliest first. Writes nothing. */
export async function planCopy(
  ctx: Ctx,
  { courseId, termId, shift }: Pick<CopyInput, 'courseId' | 'termId' | 'shift'>,
): Promise<{ counts: CopyCounts; dates: MovedDate[] }> {
  const { timeZone } = await getCourse(ctx, courseId)
  const term = termId === null ? null : await findTerm(termId)
  const modulesThere = await modules.count({ where: { courseId, removedAt: null } })
  const counts = { modules: modulesThere, pages: 0, files: 0, activities: 0, questions: 0, homework: 0 }
  const found: CourseDate[] = []
  for (const copier of copiers.values()) {
    Object.assign(counts, await copier.count?.(ctx, courseId))
    found.push(...((await copier.dates?.(ctx, courseId)) ?? []))
  }
  const dates = found
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ title, what, at }) => {
      const { to, further } = moveDate(at, timeZone, shift)
      const clash = clashOf(to, timeZone, term, ctx.now)
      return { title, what, from: at.toISOString(), to: to.toISOString(), further, clash }
    })
  return { counts, dates }
}

/**
 * Makes the copy as a draft with the caller as its instructor, in the department of the old one where that is to be kept. Throws `malformed` for a term that is not there, and what
 * the features throw; then nothing is made.
 */
export async function copyCourse(ctx: WriteCtx, input: CopyInput, department: 'kept' | 'none'): Promise<Course> {
  const { id: from, summary, timeZone, language, departmentId } = await getCourse(ctx, input.courseId)
  const { title, shortName, termId, shift } = input
  const course = await createCourse(ctx, {
    title,
    shortName,
    summary,
    timeZone,
    language,
    departmentId: department === 'kept' ? departmentId : null,
    termId,
    state: 'draft',
  })
  const copy: CourseCopy = {
    from,
    to: course.id,
    ids: new Map(),
    lines: new Map(),
    move: at => moveDate(at, timeZone, shift).to,
  }
  for (const copier of copiers.values()) await copier.make?.(ctx, copy)
  await copyOutline(copy)
  for (const copier of copiers.values()) await copier.hang?.(ctx, copy)
  await audit.record(ctx, {
    verb: 'course.copied',
    subject: { kind: 'course', id: course.id },
    context: courseContext(course.id),
    details: { from, title: (await getCourse(ctx, from)).title, days: shift.days },
  })
  return course
}

// Nobody hears of it: who reads the new course reads it whole.
async function copyOutline({ from, to, ids, lines }: CourseCopy): Promise<void> {
  const standing = await modules.findAll({ where: { courseId: from, removedAt: null }, raw: true })
  for (const { id } of standing) ids.set(id, newId())
  const own = <T extends string>(id: T): T => ids.get(id) as T
  await modules.bulkCreate(standing.map(row => ({ ...row, id: own(row.id), courseId: to, version: 0 })))
  const rows = (await items.findAll({ where: { courseId: from, removedAt: null }, raw: true })).filter(
    row => ids.has(row.refId) && (row.moduleId === null || ids.has(row.moduleId)),
  )
  for (const { id } of rows) ids.set(id, newId())
  await items.bulkCreate(
    rows.map(row => ({
      ...row,
      ...lines.get(row.refId),
      id: own(row.id),
      courseId: to,
      moduleId: row.moduleId && own(row.moduleId),
      refId: own(row.refId),
      version: 0,
    })),
  )
}
