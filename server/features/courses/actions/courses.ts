// Creates and changes courses. Rights were asked by the door.
import { demand, Problem } from '#protocol/base/problems.ts'
import { type Course, type CourseId, courseScope } from '#protocol/courses.ts'
import { createContext, site } from '#server/features/access/index.ts'
import { audit } from '#server/features/audit/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { courseContext, courseOf } from '../queries/course.ts'
import { isTimeZone, phases } from '../rules.ts'
import { type CourseRow, courses } from '../tables.ts'
import { makeCompanions } from './companions.ts'
import { freshCode } from './join-code.ts'
import { enrol } from './people.ts'

interface CourseWords {
  title: string
  shortName: string
  summary: string
  timeZone: string
}

const demandTimeZone = (name: string): void =>
  demand(isTimeZone(name), 'malformed', { errors: [{ path: 'timeZone', code: 'unknown_time_zone' }] })

/** Makes a course with a join code and its maker, when there is one, as its instructor. */
export async function createCourse(
  ctx: WriteCtx,
  { state = 'published', ...words }: CourseWords & { id?: CourseId; state?: 'draft' | 'published' },
): Promise<Course> {
  demandTimeZone(words.timeZone)
  const row: CourseRow = {
    ...words,
    id: words.id ?? newId<'Course'>(),
    joinCode: await freshCode(ctx),
    state,
    version: 0,
    createdAt: ctx.now,
    removedAt: null,
    removedBy: null,
  }
  await courses.create(row)
  await createContext(ctx, courseContext(row.id), site, phases[state])
  await audit.record(ctx, {
    verb: 'course.created',
    subject: { kind: 'course', id: row.id },
    context: courseContext(row.id),
    details: { title: row.title },
  })
  if (ctx.who.kind === 'account')
    await enrol(ctx, { courseId: row.id, accountId: ctx.who.accountId, role: 'instructor', how: 'by hand' })
  await makeCompanions(ctx, courseOf(row))
  return courseOf(row)
}

/** Changes a course's words; throws `conflict` with the current ones when somebody was faster. */
export async function changeCourse(
  ctx: WriteCtx,
  {
    courseId,
    version,
    ...given
  }: { courseId: CourseId; version: number } & {
    [K in keyof CourseWords]?: CourseWords[K] | undefined
  },
): Promise<Course> {
  if (given.timeZone !== undefined) demandTimeZone(given.timeZone)
  const row = await courses.findOne({ where: { id: courseId, removedAt: null }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  demand(row.version === version, 'conflict', { params: { current: courseOf(row) } })
  const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const next: CourseRow = { ...row, ...change, version: version + 1 }
  await courses.update({ ...change, version: next.version }, { where: { id: courseId } })
  const before = Object.fromEntries(Object.keys(change).map(key => [key, row[key as keyof CourseRow]]))
  await audit.record(ctx, {
    verb: 'course.changed',
    subject: { kind: 'course', id: courseId },
    context: courseContext(courseId),
    details: { before, after: change },
  })
  ctx.announce(courseScope, courseId, { kind: 'courseChanged', body: { course: courseOf(next) } })
  return courseOf(next)
}
