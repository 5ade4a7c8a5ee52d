// Links as they are read. Changes nothing and asks no rights.
import { Problem } from '#protocol/base/problems.ts'
import type { CourseId, CourseItem } from '#protocol/courses.ts'
import type { CourseLink, LinkId } from '#protocol/links.ts'
import { findItem } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type LinkRow, links } from './tables.ts'

/** The kind under which links are placed in a course. */
export const linkKind = 'link'

/** A row as it travels. */
export const linkOf = (row: LinkRow): CourseLink => ({ ...row, changedAt: row.changedAt.toISOString() })

/** What the line of a link says beside its title: where it leads. */
export const detailOf = (row: Pick<LinkRow, 'address' | 'version'>) => ({
  host: new URL(row.address).hostname,
  version: row.version,
})

/** The link with its item; `not-found` when it is not in this course or was removed. */
export async function getLink(
  ctx: Ctx,
  { courseId, linkId }: { courseId: CourseId; linkId: LinkId },
): Promise<{ row: LinkRow; item: CourseItem }> {
  const row = await links.findOne({ where: { id: linkId, courseId }, raw: true })
  const item = row ? await findItem(ctx, { kind: linkKind, refId: linkId }) : undefined
  if (!row || !item) throw new Problem('not-found')
  return { row, item }
}
