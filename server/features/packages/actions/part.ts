// Packages as a part of their course: what is played, with a column of its own, and nothing of how anybody got on. A copy
// shares the archive; one that came in an archive of a course is weighed and read like one that was brought.
import { Transaction } from 'sequelize'
import * as z from 'zod/mini'
import { decimal, idSchema, line } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { gradeItemId } from '#protocol/grades.ts'
import { largestPackage } from '#protocol/packages/limits.ts'
import { packageId } from '#protocol/packages.ts'
import { type CourseMaking, type CoursePart, standingRefs } from '#server/features/courses/index.ts'
import { takeSpace } from '#server/features/files/index.ts'
import { createGradeItem } from '#server/features/grades/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { detailOf, packageKind, packageOf } from '../queries/packages.ts'
import { type ContentId, type PackageRow, packageContents, packages } from '../tables.ts'
import { writeContent } from './contents.ts'
import { lookInto, sourceOf } from './looking.ts'
import { columnFor } from './packages.ts'

const shape = z.array(
  z.strictObject({
    id: packageId,
    title: line(200),
    points: decimal.check(z.refine(points => Number(points) > 0)),
    /** What conditions call its column. */
    gradeItemId,
    /** The archive that is played; null where none was brought. */
    content: z.nullable(
      z.strictObject({
        bytes: idSchema<'Bytes'>(),
        size: z.int().check(z.minimum(1), z.maximum(largestPackage)),
      }),
    ),
  }),
)
type Part = z.infer<typeof shape>

interface Bringing {
  readonly courseId: PackageRow['courseId']
  readonly packageId: PackageRow['id']
}

/** The archive of a package as the first version of another one. Throws `archive-unfit` for one that is not played. */
async function bring(
  ctx: WriteCtx,
  { from, bytes }: CourseMaking,
  content: NonNullable<Part[number]['content']>,
  to: Bringing,
): Promise<ContentId | null> {
  const blobId = bytes(content.bytes)
  if (from !== null) {
    // Held, so that nobody lets go of the archive before the copy names it.
    const where = { blobId }
    const held = await packageContents.findOne({ where, lock: Transaction.LOCK.SHARE, raw: true })
    if (!held) return null
  }
  const { size } = content
  const found = await lookInto(sourceOf(ctx, blobId, size))
  if ('refused' in found) throw new Problem('archive-unfit', { params: { part: 'packages', path: found.refused } })
  await takeSpace(ctx, { courseId: to.courseId }, size)
  return writeContent(ctx, { packageId: to.packageId, number: 1, blobId, size }, found)
}

export const packagesPart: CoursePart<Part> = {
  shape,
  take: async (ctx, courseId) => {
    const id = await standingRefs(ctx, courseId, packageKind)
    const rows = await packages.findAll({ where: { id }, order: [['id', 'asc']], raw: true })
    const contents = await packageContents.findAll({
      where: { id: rows.flatMap(row => row.contentId ?? []) },
      attributes: ['id', 'blobId', 'size'],
      raw: true,
    })
    const contentOf = new Map(contents.map(one => [one.id, one]))
    return Promise.all(
      rows.map(async row => {
        const { title, points, gradeItemId } = await packageOf(row)
        const content = row.contentId === null ? undefined : contentOf.get(row.contentId)
        return {
          ...{ id: row.id, title, points, gradeItemId },
          content: content ? { bytes: content.blobId as never, size: Number(content.size) } : null,
        }
      }),
    )
  },
  count: part => ({ packages: part.length }),
  lines: part => part.map(({ id }) => ({ kind: packageKind, refId: id })),
  bytes: part => part.flatMap(({ content }) => (content ? [{ id: content.bytes, size: content.size }] : [])),
  make: async (ctx, making, part) => {
    const { to: courseId, name, named, show } = making
    for (const { id: old, gradeItemId: oldColumn, title, points, content } of part) {
      const id = name<PackageRow['id']>('package', old)
      const column = await createGradeItem(ctx, columnFor({ id, courseId, title, points }))
      named('column', oldColumn, column.id)
      const row: PackageRow = {
        ...{ id, courseId, title, points, contentId: null, gradeItemId: column.id, version: 0, changedAt: ctx.now },
      }
      await packages.create(row)
      const contentId = content && (await bring(ctx, making, content, { courseId, packageId: id }))
      if (contentId) await packages.update({ contentId }, { where: { id } })
      show(packageKind, old, { refId: id, badge: null, detail: detailOf({ ...row, contentId }) })
    }
  },
}
