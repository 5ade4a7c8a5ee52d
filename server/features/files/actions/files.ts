// Writes files and their versions. Rights were asked by the door. A name is taken once in a folder, whatever its case.
import type { AuditVerb } from '#protocol/audit/verbs.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseId, ModuleId } from '#protocol/courses.ts'
import type { File, FileId, FolderId } from '#protocol/files.ts'
import { audit } from '#server/features/audit/index.ts'
import { changeItem, courseContext, placeItem, removeItem, restoreItem } from '#server/features/courses/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { fileKind, fileOf, getVersion, placeOf, wasPlaced } from '../queries/files.ts'
import { findPath, pathOf } from '../queries/lists.ts'
import { detailOf } from '../queries/watching.ts'
import { formOf } from '../rules/files.ts'
import { type FileRow, files, fileVersions } from '../tables.ts'
import { filesChanged, lockSpace } from './space.ts'
import { bringWords } from './words.ts'

const record = (ctx: WriteCtx, verb: AuditVerb, { id, courseId, name }: Pick<FileRow, 'id' | 'courseId' | 'name'>) =>
  audit.record(ctx, {
    ...{ verb, subject: { kind: 'file', id }, context: courseContext(courseId) },
    details: { courseId, name },
  })

interface Place {
  readonly courseId: CourseId
  readonly folderId: FolderId | null
  readonly name: string
}

/** The id of the file or folder that has this name there. */
export async function holderOf(ctx: WriteCtx, { courseId, folderId, name }: Place): Promise<string | undefined> {
  const [row] = await ctx.sql<{ id: string }>(
    `select id from (
       select id, course_id, folder_id, name, removed_at from files
       union all select id, course_id, folder_id, name, removed_at from folders
     ) e where course_id = $1 and folder_id is not distinct from $2::uuid and lower(name) = lower($3)
           and removed_at is null`,
    [courseId, folderId, name],
  )
  return row?.id
}

/** Throws `name-taken` when something else there has this name. */
export async function demandFree(ctx: WriteCtx, place: Place, except?: string): Promise<void> {
  const holder = await holderOf(ctx, place)
  demand(holder === undefined || holder === except, 'name-taken', { params: { name: place.name } })
}

/** "Plan.pdf" where it is free, else "Plan (2).pdf" and so on. */
async function freeName(ctx: WriteCtx, place: Place): Promise<string> {
  const [, stem = place.name, ending = ''] = /^(.+?)(\.[^.]{1,12})?$/s.exec(place.name) ?? []
  for (let count = 1; ; count++) {
    const name = count === 1 ? place.name : `${stem.slice(0, 180)} (${count})${ending}`
    if ((await holderOf(ctx, { ...place, name })) === undefined) return name
  }
}

const writeVersion = async (ctx: WriteCtx, row: FileRow, blobId: string): Promise<void> => {
  const { id: fileId, number, name, form, type, size } = row
  await fileVersions.create({
    fileId,
    number,
    blobId,
    name,
    form,
    type,
    size,
    at: ctx.now,
    byAccount: actorOf(ctx.who),
  })
}

interface Content {
  readonly blobId: string
  readonly size: number
  readonly type: string
}

async function renew(ctx: WriteCtx, row: FileRow, { blobId, size, type }: Content, verb: AuditVerb): Promise<File> {
  const [last] = await ctx.sql<{ number: number }>(
    'select max(number)::int as number from file_versions where file_id = $1',
    [row.id],
  )
  const next: FileRow = {
    ...row,
    type,
    form: formOf(type),
    size,
    number: (last?.number ?? 0) + 1,
    version: row.version + 1,
    changedAt: ctx.now,
  }
  await files.update(next, { where: { id: row.id } })
  await writeVersion(ctx, next, blobId)
  await bringWords(ctx, next, blobId)
  await changeItem(ctx, { kind: fileKind, refId: row.id, detail: await detailOf(ctx, next) })
  await record(ctx, verb, row)
  await filesChanged(ctx, row.courseId)
  return fileOf(next)
}

/**
 * What was uploaded, as a version of `fileId`, of the file that has its name there, or as a new file. The folder or file
 * may have gone meanwhile: then it stands at the top, and as a file of its own. The room was taken before.
 */
export async function addVersion(
  ctx: WriteCtx,
  { fileId, ...given }: Place & Content & { readonly fileId: FileId | null },
): Promise<File> {
  await lockSpace(ctx, given.courseId)
  const stands = (await findPath(ctx, given.courseId, given.folderId)) !== undefined
  const place = { courseId: given.courseId, folderId: stands ? given.folderId : null, name: given.name }
  const id = fileId ?? (await holderOf(ctx, place))
  const before = id && (await files.findOne({ where: { id, removedAt: null }, lock: true, raw: true }))
  if (before) return renew(ctx, before, given, 'file.version-added')
  const row: FileRow = {
    ...place,
    id: newId<'File'>(),
    name: await freeName(ctx, place),
    form: formOf(given.type),
    type: given.type,
    size: given.size,
    number: 1,
    version: 0,
    changedAt: ctx.now,
    removedAt: null,
    removedBy: null,
  }
  await files.create(row)
  await writeVersion(ctx, row, given.blobId)
  await bringWords(ctx, row, given.blobId)
  await record(ctx, 'file.created', row)
  await filesChanged(ctx, row.courseId)
  return fileOf(row)
}

/** Makes an earlier version hold again. Its bytes are there already and take no more room. Throws `not-found`. */
export async function restoreVersion(ctx: WriteCtx, row: FileRow, number: number): Promise<File> {
  const { blobId, size, type } = await getVersion(row.id, number)
  const locked = await lockedFile(ctx, row.id, 'standing')
  return renew(ctx, locked, { blobId, size: Number(size), type }, 'file.version-restored')
}

/** A file with its row locked, the room of its course before it, as everywhere (space.ts). Throws `not-found`. */
export async function lockedFile(ctx: WriteCtx, id: FileId, which: 'standing' | 'removed too'): Promise<FileRow> {
  const found = await files.findByPk(id, { raw: true })
  if (found) await lockSpace(ctx, found.courseId)
  const row = await files.findOne({ where: { id }, lock: true, raw: true })
  if (!row || (which === 'standing' && row.removedAt !== null)) throw new Problem('not-found')
  return row
}

/**
 * Renames a file or moves it, when it is at the version the writer read; else it throws `conflict` with the current
 * one. Throws `not-found`, `name-taken`.
 */
export async function changeFile(
  ctx: WriteCtx,
  input: { fileId: FileId; version: number; name?: string | undefined; into?: FolderId | null | undefined },
): Promise<File> {
  const row = await lockedFile(ctx, input.fileId, 'standing')
  demand(row.version === input.version, 'conflict', { params: { current: fileOf(row) } })
  const folderId = input.into === undefined ? row.folderId : input.into
  const next: FileRow = { ...row, name: input.name ?? row.name, folderId, version: row.version + 1 }
  await pathOf(ctx, row.courseId, folderId)
  await demandFree(ctx, next, row.id)
  await files.update({ name: next.name, folderId, version: next.version }, { where: { id: row.id } })
  const placed = await placeOf(ctx, row.id)
  // A place that was given a title of its own keeps it.
  if (placed?.title === row.name) await changeItem(ctx, { kind: fileKind, refId: row.id, title: next.name })
  await record(ctx, 'file.changed', row)
  await filesChanged(ctx, row.courseId)
  return fileOf(next)
}

/** Puts a file into the bin. Throws `not-found`. */
export async function removeFile(ctx: WriteCtx, fileId: FileId): Promise<void> {
  const row = await lockedFile(ctx, fileId, 'removed too')
  if (row.removedAt !== null) return
  await files.update({ removedAt: ctx.now, removedBy: actorOf(ctx.who) }, { where: { id: fileId } })
  await removeItem(ctx, { kind: fileKind, refId: fileId })
  await record(ctx, 'file.removed', row)
  await filesChanged(ctx, row.courseId)
}

/**
 * Brings a file back: to its folder, or to the top where that is gone; under another name where its own is taken.
 * Throws `not-found`.
 */
export async function restoreFile(ctx: WriteCtx, fileId: FileId): Promise<File> {
  const row = await lockedFile(ctx, fileId, 'removed too')
  if (row.removedAt === null) return fileOf(row)
  const stands = (await findPath(ctx, row.courseId, row.folderId)) !== undefined
  const folderId = stands ? row.folderId : null
  const name = await freeName(ctx, { courseId: row.courseId, folderId, name: row.name })
  const next: FileRow = { ...row, folderId, name, removedAt: null, removedBy: null, version: row.version + 1 }
  await files.update(next, { where: { id: fileId } })
  await restoreItem(ctx, { kind: fileKind, refId: fileId }, row.removedAt)
  await record(ctx, 'file.restored', row)
  await filesChanged(ctx, row.courseId)
  return fileOf(next)
}

/** Places a file in its course. Throws `not-found`. */
export async function placeFile(
  ctx: WriteCtx,
  row: FileRow,
  { moduleId, published }: { moduleId: ModuleId | null; published: boolean },
): Promise<void> {
  if (row.removedAt !== null) throw new Problem('not-found')
  if (await placeOf(ctx, row.id)) return
  if (await wasPlaced(ctx, fileKind, row.id)) {
    // It stood there once and was taken out: its row comes back, where it was.
    await restoreItem(ctx, { kind: fileKind, refId: row.id })
    await changeItem(ctx, {
      kind: fileKind,
      refId: row.id,
      title: row.name,
      published,
      detail: await detailOf(ctx, row),
    })
    return
  }
  const at = { courseId: row.courseId, moduleId, kind: fileKind, refId: row.id }
  await placeItem(ctx, { ...at, title: row.name, published, detail: await detailOf(ctx, row) })
  await record(ctx, 'file.placed', row)
}
