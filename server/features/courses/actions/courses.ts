// Creates and changes courses. Rights were asked by the door.
import { demand, Problem } from '#protocol/base/problems.ts'
import { type Course, type CourseId, type CourseLanguage, courseScope } from '#protocol/courses.ts'
import type { DepartmentId, TermId } from '#protocol/organisation.ts'
import { createContext, moveContext } from '#server/features/access/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { departmentContext, findTerm, isDepartment } from '#server/features/organisation/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { courseContext, courseOf } from '../queries/course.ts'
import { isTimeZone, phases } from '../rules.ts'
import { type CourseRow, courses } from '../tables.ts'
import { makeCompanions } from './companions.ts'
import { freshCode } from './join-code.ts'
import { enrol } from './people.ts'
import { tellCourseRenamed } from './renamed.ts'

interface CourseWords {
  title: string
  shortName: string
  summary: string
  timeZone: string
  language: CourseLanguage
}

/** Where a course stands in the institution. */
interface CoursePlace {
  departmentId: DepartmentId | null
  termId: TermId | null
}

/** Throws `malformed` for a department or a term that is not there. */
async function demandPlace(departmentId: DepartmentId | null, termId: TermId | null): Promise<void> {
  const gone = (path: string) => ({ errors: [{ path, code: 'unknown' }] })
  if (departmentId !== null) demand(await isDepartment(departmentId), 'malformed', gone('departmentId'))
  if (termId !== null) demand((await findTerm(termId)) !== null, 'malformed', gone('termId'))
}

const demandTimeZone = (name: string): void => demand(isTimeZone(name), 'time-zone-unknown')

/**
 * Makes a course with a join code and its maker, when there is one, as its instructor. Throws `time-zone-unknown`, and
 * `malformed` for a department or a term that is not there. Its maker goes in by `enrol`, and is refused as by it.
 */
export async function createCourse(
  ctx: WriteCtx,
  {
    state = 'published',
    departmentId = null,
    termId = null,
    language = 'en',
    ...words
  }: Omit<CourseWords, 'language'> &
    Partial<CoursePlace> & { language?: CourseLanguage } & { id?: CourseId; state?: 'draft' | 'published' },
): Promise<Course> {
  demandTimeZone(words.timeZone)
  await demandPlace(departmentId, termId)
  const row: CourseRow = {
    ...words,
    language,
    id: words.id ?? newId<'Course'>(),
    joinCode: await freshCode(ctx),
    state,
    departmentId,
    termId,
    template: false,
    version: 0,
    createdAt: ctx.now,
    removedAt: null,
    removedBy: null,
  }
  await courses.create(row)
  await createContext(ctx, courseContext(row.id), departmentContext(departmentId), phases[state])
  await audit.record(ctx, {
    verb: 'course.created',
    subject: { kind: 'course', id: row.id },
    context: courseContext(row.id),
    details: { title: row.title },
  })
  if (ctx.who.kind === 'account')
    await enrol(ctx, { courseId: row.id, accountId: ctx.who.accountId, role: 'instructor', how: 'by hand' })
  await makeCompanions(ctx, courseOf(row))
  // Nobody has its scope open yet: whoever listens hears that it is published.
  if (state === 'published')
    ctx.announce(courseScope, row.id, { kind: 'courseChanged', body: { course: courseOf(row), was: 'draft' } })
  return courseOf(row)
}

/**
 * Changes a course's words and its place. Throws `not-found`, `conflict` with the current ones when somebody was faster,
 * `time-zone-unknown`, and `malformed` for a department or a term that is not there.
 */
export async function changeCourse(
  ctx: WriteCtx,
  {
    courseId,
    version,
    ...given
  }: { courseId: CourseId; version: number } & {
    [K in keyof (CourseWords & CoursePlace)]?: (CourseWords & CoursePlace)[K] | undefined
  },
): Promise<Course> {
  if (given.timeZone !== undefined) demandTimeZone(given.timeZone)
  await demandPlace(given.departmentId ?? null, given.termId ?? null)
  const row = await courses.findOne({ where: { id: courseId, removedAt: null }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  demand(row.version === version, 'conflict', { params: { current: courseOf(row) } })
  const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const next: CourseRow = { ...row, ...change, version: version + 1 }
  await courses.update({ ...change, version: next.version }, { where: { id: courseId } })
  if (next.departmentId !== row.departmentId)
    await moveContext(ctx, courseContext(courseId), departmentContext(next.departmentId))
  const before = Object.fromEntries(Object.keys(change).map(key => [key, row[key as keyof CourseRow]]))
  await audit.record(ctx, {
    verb: 'course.changed',
    subject: { kind: 'course', id: courseId },
    context: courseContext(courseId),
    details: { before, after: change },
  })
  ctx.announce(courseScope, courseId, { kind: 'courseChanged', body: { course: courseOf(next) } })
  if (next.title !== row.title) await tellCourseRenamed(ctx, courseId)
  return courseOf(next)
}
