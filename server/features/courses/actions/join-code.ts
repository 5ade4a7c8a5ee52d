// A course's join code: made, renewed, switched off. Rights were asked by the door.
import { randomBytes } from 'node:crypto'
import { courseCodeLength } from '#protocol/courses/people.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import type { CourseId } from '#protocol/courses.ts'
import { audit } from '#server/features/audit/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { getCourse } from '../queries/course.ts'
import { spellCode } from '../rules.ts'
import { courses } from '../tables.ts'

/** A code that no course has. Two made at the same instant would collide on the unique index: 1 in 6.5e11. */
export async function freshCode(_ctx: WriteCtx): Promise<string> {
  for (;;) {
    const code = spellCode(randomBytes(courseCodeLength * 2))
    if ((await courses.count({ where: { joinCode: code } })) === 0) return code
  }
}

async function write(ctx: WriteCtx, courseId: CourseId, joinCode: string | null): Promise<void> {
  await getCourse(ctx, courseId)
  await courses.update({ joinCode }, { where: { id: courseId } })
  await audit.record(ctx, {
    verb: joinCode ? 'course.join-code-renewed' : 'course.join-code-switched-off',
    subject: { kind: 'course', id: courseId },
    details: {},
  })
  ctx.announce(courseStaffScope, courseId, { kind: 'joinCodeChanged', body: {} })
}

/** Gives the course a new code; the old one lets nobody in from here on. Throws `not-found`. */
export async function renewJoinCode(ctx: WriteCtx, { courseId }: { courseId: CourseId }): Promise<string> {
  const joinCode = await freshCode(ctx)
  await write(ctx, courseId, joinCode)
  return joinCode
}

/** Takes the code away: joining by code stops, who is in stays in. Throws `not-found`. */
export const switchOffJoinCode = (ctx: WriteCtx, { courseId }: { courseId: CourseId }): Promise<void> =>
  write(ctx, courseId, null)
