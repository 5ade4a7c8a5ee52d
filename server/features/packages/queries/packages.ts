// Packages as they are read, and who learns with them. Changes nothing and asks no rights.
import { decimalOf, tenThousandths } from '#protocol/base/decimal.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { CourseId, CourseItem } from '#protocol/courses.ts'
import type { CoursePackage, PackageContent, PackageId } from '#protocol/packages.ts'
import { findItem } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type ContentId, type ContentRow, type PackageRow, packageContents, packageFiles, packages } from '../tables.ts'

/** The kind under which packages are placed in a course. */
export const packageKind = 'package'

/** Names a package in its course. */
export interface OfPackage {
  readonly courseId: CourseId
  readonly packageId: PackageId
}

/** A version of a package; undefined once it is gone. */
export const findContent = async (id: ContentId | null): Promise<ContentRow | undefined> =>
  id === null ? undefined : ((await packageContents.findByPk(id, { raw: true })) ?? undefined)

const contentOf = (row: ContentRow, files: number): PackageContent => ({
  ...{ form: row.form, number: row.number, title: row.title, size: Number(row.size), files },
  parts: row.parts.map(({ id, title, depth, kind }) => ({ id, title, depth, kind })),
  at: row.at.toISOString(),
})

/** A row as it travels. Two queries. */
export async function packageOf(row: PackageRow): Promise<CoursePackage> {
  const content = await findContent(row.contentId)
  const files = content ? await packageFiles.count({ where: { contentId: content.id } }) : 0
  return {
    ...{ id: row.id, courseId: row.courseId, title: row.title, gradeItemId: row.gradeItemId, version: row.version },
    points: decimalOf(tenThousandths(row.points)),
    content: content ? contentOf(content, files) : null,
    changedAt: row.changedAt.toISOString(),
  }
}

/** What the line of a package says beside its title. */
export const detailOf = ({ version, contentId }: Pick<PackageRow, 'version' | 'contentId'>) => ({
  version,
  empty: contentId === null,
})

/** The package with its item; `not-found` when it is not in this course or was removed. */
export async function getPackage(
  ctx: Ctx,
  { courseId, packageId }: OfPackage,
): Promise<{ row: PackageRow; item: CourseItem }> {
  const row = await packages.findOne({ where: { id: packageId, courseId }, raw: true })
  const item = row ? await findItem(ctx, { kind: packageKind, refId: packageId }) : undefined
  if (!row || !item) throw new Problem('not-found')
  return { row, item }
}

/** SQL: the accounts that learn in course $1 now. */
export const learnersIn = `
  select e.account_id as id from enrolments e
    join role_assignments r on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id
   where e.course_id = $1 and e.ended_at is null and r.role = 'learner'`

/** Whether somebody learns in a course now: of who teaches there nothing is kept. */
export async function learnsIn(ctx: Ctx, courseId: string, accountId: AccountId): Promise<boolean> {
  const rows = await ctx.sql(`${learnersIn} and e.account_id = $2`, [courseId, accountId])
  return rows.length > 0
}

/** The course a package stands in. Throws `not-found`. */
export async function courseOf(packageId: string): Promise<CourseId> {
  const row = await packages.findByPk(packageId, { attributes: ['courseId'], raw: true })
  if (!row) throw new Problem('not-found')
  return row.courseId
}
