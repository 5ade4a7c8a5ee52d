// Makes a course of parts: those of another one, shared within the database, or those that an archive brought.
import type { Input } from '#protocol/base/call.ts'
import { inDays } from '#protocol/base/days.ts'
import type { CopyCounts, copyRoutes, DateShift, MovedDate } from '#protocol/courses/copy.ts'
import type { Course, CourseId, CourseLanguage } from '#protocol/courses.ts'
import type { DepartmentId, TermId } from '#protocol/organisation.ts'
import { audit } from '#server/features/audit/index.ts'
import { findTerm } from '#server/features/organisation/index.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { courseContext, getCourse } from '../queries/course.ts'
import { clashOf, moveDate, moveWeekly, seriesClash } from '../rules.ts'
import { createCourse } from './courses.ts'
import { makeOutline, type Outline, titlesIn } from './outline-part.ts'
import {
  type CourseDate,
  type CourseParts,
  countParts,
  datesIn,
  makeParts,
  makingOf,
  takeParts,
  thingsIn,
  undated,
} from './parts.ts'

/** The feature whose part is the outline. */
const own = 'courses'
const nothing: Outline = { modules: [], items: [] }
const outlineIn = (parts: CourseParts): Outline => (parts.get(own) as Outline | undefined) ?? nothing

/** Takes a course apart; a line whose thing stays behind does, too. For parts that agree, inside `readTogether`. */
export async function takeCourse(ctx: Ctx, courseId: CourseId): Promise<CourseParts> {
  const parts = await takeParts(ctx, courseId)
  const along = new Set(thingsIn(parts).map(one => `${one.kind} ${one.refId}`))
  const { modules, items } = outlineIn(parts)
  const standing = items.filter(one => along.has(`${one.kind} ${one.refId}`))
  return new Map<string, unknown>([...parts, [own, { modules, items: standing }]])
}

type CopyInput = Omit<Input<typeof copyRoutes.copy>, 'how'>

/** The dates of the parts, by the titles of their things; the earliest first. */
export const partDates = (parts: CourseParts): CourseDate[] => datesIn(parts, titlesIn(outlineIn(parts)))

/** Where dates would lie in a new course, and what speaks against each; nowhere where they are removed. */
export async function planDates(
  ctx: Ctx,
  dates: readonly CourseDate[],
  { timeZone, termId, shift }: { timeZone: string; termId: TermId | null; shift: DateShift },
): Promise<MovedDate[]> {
  const term = termId === null ? null : await findTerm(termId)
  return dates.map(({ title, what, at, times = 1, needed = false }) => {
    const told = { title, what, from: at.toISOString(), behind: false }
    if (shift.dates === 'removed') return { ...told, to: null, behind: needed, further: 0, off: 0, clash: null }
    if (times === 1) {
      const { to, further } = moveDate(at, timeZone, shift)
      return { ...told, to: to.toISOString(), further, off: 0, clash: clashOf(to, timeZone, term, ctx.now) }
    }
    const { days, off } = moveWeekly({ at, times }, timeZone, shift)
    const held = Array.from({ length: times }, (_, number) => number).filter(number => !off.includes(number))
    const [first, last] = [held[0] ?? 0, held.at(-1) ?? 0].map(number => inDays(timeZone, at, days + 7 * number))
    const to = first ?? at
    const clash = seriesClash(to, last ?? to, timeZone, term, ctx.now)
    return { ...told, to: to.toISOString(), further: days - shift.days, off: off.length, clash }
  })
}

/** What would come along and where the dates would lie, the earliest first. Writes nothing. Throws `not-found`. */
export async function planCopy(
  ctx: Ctx,
  { courseId, termId, shift }: Pick<CopyInput, 'courseId' | 'termId' | 'shift'>,
): Promise<{ counts: CopyCounts; dates: MovedDate[] }> {
  const { timeZone } = await getCourse(ctx, courseId)
  const parts = await takeCourse(ctx, courseId)
  return {
    counts: countParts(partsFor(shift, parts)),
    dates: await planDates(ctx, partDates(parts), { timeZone, termId, shift }),
  }
}

/** The parts as the new course gets them. */
const partsFor = ({ dates }: DateShift, parts: CourseParts): CourseParts =>
  dates === 'removed' ? undated(parts) : parts

export interface NewCourse {
  readonly title: string
  readonly shortName: string
  readonly summary: string
  readonly timeZone: string
  readonly language: CourseLanguage
  readonly departmentId: DepartmentId | null
  readonly termId: TermId | null
  readonly shift: DateShift
  /** `later`: no item is published, whatever it was. */
  readonly published?: 'as-it-is' | 'later' | undefined
  /** Where the parts were taken; null for those of an archive. */
  readonly from: CourseId | null
  /** Where the bytes of an archive stand, by what its parts call them. */
  readonly bytes?: ReadonlyMap<string, string> | undefined
}

/**
 * Makes a course of parts as a draft with the caller as its instructor. Throws what `makingOf`, `createCourse` and the
 * features throw; then nothing is made.
 */
export async function makeCourse(
  ctx: WriteCtx,
  { shift, from, bytes, published, ...words }: NewCourse,
  taken: CourseParts,
): Promise<Course> {
  const parts = partsFor(shift, taken)
  const course = await createCourse(ctx, { ...words, state: 'draft' })
  const moves: Parameters<typeof makingOf>[1] = {
    move: at => moveDate(at, words.timeZone, shift).to,
    moveWeekly: first => moveWeekly(first, words.timeZone, shift),
  }
  const making = makingOf({ from, to: course.id }, moves, bytes)
  const outline = outlineIn(parts)
  const items = published === 'later' ? outline.items.map(one => ({ ...one, published: false })) : outline.items
  await makeParts(ctx, making, parts, () => makeOutline(ctx, making, { ...outline, items }))
  return course
}

/**
 * Makes the copy, in the department of the old one, whoever makes it: outside of it what the department says of its courses would
 * end with every new term. Throws as `makeCourse` does.
 */
export async function copyCourse(ctx: WriteCtx, input: CopyInput): Promise<Course> {
  const { courseId: from, ...words } = input
  const old = await getCourse(ctx, from)
  const { summary, timeZone, language, departmentId } = old
  const parts = await takeCourse(ctx, from)
  const course = await makeCourse(ctx, { ...words, summary, timeZone, language, departmentId, from }, parts)
  await audit.record(ctx, {
    verb: 'course.copied',
    subject: { kind: 'course', id: course.id },
    context: courseContext(course.id),
    details: { from, title: old.title, ...(words.shift.dates === 'removed' ? {} : { days: words.shift.days }) },
  })
  return course
}
