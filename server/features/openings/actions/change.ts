// What staff say about people who come into a course by themselves. Rights were asked by the door.
import type { Input } from '#protocol/base/call.ts'
import { demand } from '#protocol/base/problems.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import type { Opening, openingRoutes } from '#protocol/openings.ts'
import { audit } from '#server/features/audit/index.ts'
import { courseContext, getCourse } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { isSection, openingOf } from '../queries.ts'
import { type OpeningRow, openings } from '../tables.ts'

const nothingSaid: Omit<OpeningRow, 'courseId'> = {
  ...{ open: false, key: '', opensOn: null, closesOn: null, most: null, sectionId: null, days: null },
  ...{ mayLeave: false, version: 0 },
}

// The key stays out of the trail, which more people read than know it.
const told = ({ key, version: _, courseId: __, ...row }: OpeningRow) => ({ ...row, key: key !== '' })

/**
 * Opens a course to people who come by themselves, says how, or closes it. Throws `not-found`, `is-template`, `conflict` with
 * the current one when somebody was faster, and `malformed` for a last day before the first or a section that is not there.
 */
export async function changeOpening(
  ctx: WriteCtx,
  { version, ...given }: Input<typeof openingRoutes.change>,
): Promise<Opening> {
  const { courseId, opensOn, closesOn, sectionId } = given
  demand(!(await getCourse(ctx, courseId)).template, 'is-template')
  demand(opensOn === null || closesOn === null || opensOn <= closesOn, 'malformed', {
    errors: [{ path: 'closesOn', code: 'too_small' }],
  })
  demand(sectionId === null || (await isSection(courseId, sectionId)), 'malformed', {
    errors: [{ path: 'sectionId', code: 'invalid_value' }],
  })
  await openings.bulkCreate([{ ...nothingSaid, courseId }], { ignoreDuplicates: true })
  const row = await openings.findByPk(courseId, { lock: true, raw: true, rejectOnEmpty: true })
  demand(row.version === version, 'conflict', { params: { current: openingOf(row) } })
  const next: OpeningRow = { ...given, version: version + 1 }
  await openings.update(next, { where: { courseId } })
  await audit.record(ctx, {
    verb: 'course.opening-changed',
    subject: { kind: 'course', id: courseId },
    context: courseContext(courseId),
    details: { before: told(row), after: told(next) },
  })
  ctx.announce(courseStaffScope, courseId, { kind: 'openingChanged', body: {} })
  return openingOf(next)
}
