// Makes and changes packages, each with its column in the gradebook. Rights were asked by the door.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { CourseId, ModuleId } from '#protocol/courses.ts'
import { type CoursePackage, type PackageId, packageScope } from '#protocol/packages.ts'
import { audit } from '#server/features/audit/index.ts'
import { changeItem, courseContext, placeItem } from '#server/features/courses/index.ts'
import { changeMarkedColumn, createGradeItem, setGrades } from '#server/features/grades/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { bestShare, bestShares } from '../queries/attempts.ts'
import { detailOf, packageKind, packageOf } from '../queries/packages.ts'
import { pointsOf } from '../rules/standing.ts'
import { type PackageRow, packages } from '../tables.ts'

/** Notes in the trail what became of a package. */
export const record = (ctx: WriteCtx, verb: string, row: PackageRow, details: object = {}) =>
  audit.record(ctx, {
    ...{ verb, subject: { kind: 'package', id: row.id }, context: courseContext(row.courseId) },
    details: { courseId: row.courseId, title: row.title, ...details },
  })

/** A column that the attempts at a package fill: all of it is being right. */
export const columnFor = (row: Pick<PackageRow, 'id' | 'courseId' | 'title' | 'points'>) => ({
  ...{ courseId: row.courseId, title: row.title, points: row.points, participation: 0, correctness: 100 },
  marked: { kind: packageKind, refId: row.id },
})

interface NewPackage {
  readonly courseId: CourseId
  readonly moduleId: ModuleId | null
  readonly title: string
  readonly points: string
  readonly published: boolean
}

/**
 * Makes a package with nothing in it at the end of a module, with a column of its own. Throws `not-found` and
 * `malformed`.
 */
export async function createPackage(ctx: WriteCtx, given: NewPackage): Promise<CoursePackage> {
  const { courseId, title, points } = given
  const id = newId<'Package'>()
  const column = await createGradeItem(ctx, columnFor({ id, courseId, title, points }))
  const row: PackageRow = {
    ...{ id, courseId, title, points, contentId: null, gradeItemId: column.id, version: 0, changedAt: ctx.now },
  }
  await packages.create(row)
  await placeItem(ctx, {
    ...{ courseId, moduleId: given.moduleId, kind: packageKind, refId: id, title, published: given.published },
    detail: detailOf(row),
  })
  await record(ctx, 'package.created', row, { points })
  return packageOf(row)
}

interface PackageChange {
  readonly courseId: CourseId
  readonly packageId: PackageId
  readonly version: number
  readonly title?: string | undefined
  readonly points?: string | undefined
}

/** Writes `change` to a package whose row is locked, and shows it where it stands. */
export async function writePackage(ctx: WriteCtx, row: PackageRow, change: Partial<PackageRow>): Promise<PackageRow> {
  const next = { ...row, ...change, version: row.version + 1, changedAt: ctx.now }
  await packages.update(next, { where: { id: row.id } })
  await changeItem(ctx, { kind: packageKind, refId: row.id, title: next.title, detail: detailOf(next) })
  ctx.announce(packageScope, row.id, { kind: 'changed', body: {} })
  return next
}

/**
 * Changes a package that is at the version the writer read, else throws `conflict` with the current one. Of other
 * points every score is the same share. Throws `not-found`.
 */
export async function changePackage(
  ctx: WriteCtx,
  { courseId, packageId, version, title, points }: PackageChange,
): Promise<CoursePackage> {
  const row = await packages.findOne({ where: { id: packageId, courseId }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  if (row.version !== version) throw new Problem('conflict', { params: { current: await packageOf(row) } })
  const next = await writePackage(ctx, row, { title: title ?? row.title, points: points ?? row.points })
  const worthOther = Number(next.points) !== Number(row.points)
  if (next.title !== row.title || worthOther)
    await changeMarkedColumn(ctx, row.gradeItemId, { title: next.title, points: next.points })
  if (worthOther) {
    const shares = await bestShares(ctx, row.id)
    await setGrades(
      ctx,
      row.gradeItemId,
      shares.map(({ accountId, share }) => ({ accountId, score: pointsOf(share, next.points) })),
    )
  }
  const told = (one: PackageRow) => ({ title: one.title, points: one.points })
  await record(ctx, 'package.changed', next, { before: told(row), after: told(next) })
  return packageOf(next)
}

/** Says in the gradebook what somebody's attempts at a package come to. Throws `not-found`. */
export async function giveBest(
  ctx: WriteCtx,
  { id, points, gradeItemId }: Pick<PackageRow, 'id' | 'points' | 'gradeItemId'>,
  accountId: AccountId,
): Promise<void> {
  const score = pointsOf(await bestShare(ctx, id, accountId), points)
  await setGrades(ctx, gradeItemId, [{ accountId, score }])
}
