// Files as a part of their course: folders and files as they stand, each with the version that is shown. A copy shares the
// bytes: a version names them, and they stay while any version does. Those of an archive came by themselves.
import { Transaction } from 'sequelize'
import * as z from 'zod/mini'
import { idSchema } from '#protocol/base/ids.ts'
import { captionLanguage, largestCaptions, mostCaptions } from '#protocol/files/watching.ts'
import { type FileId, type FolderId, fileId, fileName, folderId, largestFile } from '#protocol/files.ts'
import type { CourseMaking, CoursePart } from '#server/features/courses/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { fileKind, folderKind } from '../queries/files.ts'
import { folderDetails } from '../queries/folders.ts'
import { standingIn } from '../queries/lists.ts'
import { detailOf } from '../queries/watching.ts'
import { readCaptions } from '../rules/captions.ts'
import { formOf, standsAsTree } from '../rules/files.ts'
import { captions, type FileRow, files, fileVersions, folders } from '../tables.ts'
import { takeSpace } from './space.ts'
import { typeOfBytes } from './uploads.ts'
import { bringWords } from './words.ts'

const filesShape = z
  .strictObject({
    folders: z.array(z.strictObject({ id: folderId, folderId: z.nullable(folderId), name: fileName })),
    files: z.array(
      z.strictObject({
        id: fileId,
        folderId: z.nullable(folderId),
        name: fileName,
        /** For readers: what it is, is read from its bytes. */
        type: z.string().check(z.maxLength(200)),
        size: z.int().check(z.minimum(1), z.maximum(largestFile)),
        bytes: idSchema<'Bytes'>(),
        captions: z
          .array(
            z.strictObject({
              language: captionLanguage,
              text: z.string().check(
                z.maxLength(largestCaptions),
                z.refine(text => readCaptions(text) !== undefined),
              ),
            }),
          )
          .check(
            z.maxLength(mostCaptions),
            z.refine(all => new Set(all.map(one => one.language)).size === all.length),
          ),
      }),
    ),
  })
  .check(z.refine(standsAsTree))
type FilesPart = z.infer<typeof filesShape>

export const filesPart: CoursePart<FilesPart> = {
  shape: filesShape,
  take: async (ctx, courseId) => {
    const there = await standingIn(ctx, courseId)
    const order: [string, string][] = [['id', 'asc']]
    const standing = await folders.findAll({ where: { id: there.folders }, order, raw: true })
    const rows = await files.findAll({ where: { id: there.files }, order, raw: true })
    const versions = await fileVersions.findAll({ where: { fileId: there.files }, raw: true })
    const blobOf = new Map(versions.map(one => [`${one.fileId} ${one.number}`, one.blobId]))
    const said = await captions.findAll({
      where: { fileId: there.files },
      attributes: ['fileId', 'language', 'text'],
      order: [['language', 'asc']],
      raw: true,
    })
    return {
      folders: standing.map(({ id, folderId, name }) => ({ id, folderId, name })),
      files: rows.map(({ id, folderId, name, type, size, number }) => ({
        ...{ id, folderId, name, type, size: Number(size), bytes: blobOf.get(`${id} ${number}`) as never },
        captions: said.filter(one => one.fileId === id).map(({ language, text }) => ({ language, text })),
      })),
    }
  },
  count: part => ({ files: part.files.length }),
  lines: part => [
    ...part.folders.map(({ id }) => ({ kind: folderKind, refId: id })),
    ...part.files.map(({ id }) => ({ kind: fileKind, refId: id })),
  ],
  bytes: part => part.files.map(({ bytes, size }) => ({ id: bytes, size })),
  make: async (ctx, making, part) => {
    const { from, to: courseId, name, find, show } = making
    const fresh = { courseId, version: 0, changedAt: ctx.now, removedAt: null, removedBy: null }
    const own = part.folders.map(one => ({ ...one, id: name<FolderId>('folder', one.id) }))
    const inFolder = (id: FolderId | null) => (id === null ? null : (find<FolderId>('folder', id) ?? null))
    // In one statement: a folder may lie in a younger one, and what refers to what is looked at when all are there.
    await folders.bulkCreate(own.map(one => ({ ...one, ...fresh, folderId: inFolder(one.folderId) })))
    const taken = from === null ? part.files : await held(part.files)
    await makeFiles(ctx, making, { taken, fresh, inFolder })
    const details = await folderDetails(
      ctx,
      own.map(one => one.id),
    )
    for (const { id } of part.folders) {
      const refId = find<FolderId>('folder', id) ?? ''
      show(folderKind, id, { refId, badge: null, detail: details.get(refId) ?? {} })
    }
  },
}

interface FilesMade {
  readonly taken: FilesPart['files']
  readonly fresh: Pick<FileRow, 'courseId' | 'version' | 'changedAt' | 'removedAt' | 'removedBy'>
  readonly inFolder: (id: FolderId | null) => FolderId | null
}

// The files of a part, each with the version that is shown, and what their lines are.
async function makeFiles(ctx: WriteCtx, making: CourseMaking, { taken, fresh, inFolder }: FilesMade): Promise<void> {
  const { from, to: courseId, name, show, bytes } = making
  if (taken.length === 0) return
  await takeSpace(
    ctx,
    { courseId },
    taken.reduce((sum, one) => sum + one.size, 0),
  )
  const made: (FileRow & { readonly was: FileId; readonly blobId: string })[] = []
  for (const one of taken) {
    const blobId = bytes(one.bytes)
    const type = from === null ? await typeOfBytes(ctx, { blobId, name: one.name }) : one.type
    const id = name<FileId>('file', one.id)
    made.push({
      ...{ ...fresh, id, was: one.id, blobId, folderId: inFolder(one.folderId), name: one.name, number: 1 },
      ...{ type, form: formOf(type), size: one.size },
    })
  }
  await files.bulkCreate(made)
  const byAccount = actorOf(ctx.who)
  await fileVersions.bulkCreate(
    made.map(({ id, number, blobId, name, form, type, size }) => ({
      ...{ fileId: id, number, blobId, name, form, type, size, at: ctx.now, byAccount },
    })),
  )
  await writeCaptions(ctx, taken, making)
  if (from === null) for (const row of made) await bringWords(ctx, row, row.blobId)
  else await copyWords(ctx, made)
  for (const row of made) show(fileKind, row.was, { refId: row.id, badge: null, detail: await detailOf(ctx, row) })
}

/** Those that still stand, locked: nobody destroys one, and with it the bytes, before a copy names them. */
async function held(all: FilesPart['files']): Promise<FilesPart['files']> {
  const rows = await files.findAll({
    where: { id: all.map(one => one.id), removedAt: null },
    attributes: ['id'],
    order: [['id', 'asc']],
    lock: Transaction.LOCK.SHARE,
    raw: true,
  })
  const there = new Set(rows.map(row => row.id))
  return all.filter(one => there.has(one.id))
}

// What is said in films comes along with them; who watched them does not.
async function writeCaptions(ctx: WriteCtx, all: FilesPart['files'], { find }: CourseMaking): Promise<void> {
  const rows = all.flatMap(one =>
    one.captions.flatMap(({ language, text }) => {
      const read = readCaptions(text)
      return read ? [{ fileId: find<FileId>('file', one.id) ?? '', language, ...read }] : []
    }),
  )
  await ctx.sql(
    `insert into captions (file_id, language, text, words, cues, version, changed_at, changed_by)
     select o.file_id, o.language, o.text, o.words, o.cues, nextval('caption_versions'), $6, $7
       from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::int[]) as o(file_id, language, text, words, cues)`,
    [
      rows.map(one => one.fileId),
      rows.map(one => one.language),
      rows.map(one => one.text),
      rows.map(one => one.words),
      rows.map(one => one.cues),
      ctx.now,
      actorOf(ctx.who),
    ],
  )
}

// What a file is found by is the same where its bytes and captions are.
async function copyWords(ctx: WriteCtx, made: readonly { readonly id: FileId; readonly was: FileId }[]): Promise<void> {
  await ctx.sql(
    `update files f set words = from_.words from unnest($1::uuid[], $2::uuid[]) as o(old, new)
       join files from_ on from_.id = o.old and from_.words is not null where f.id = o.new`,
    [made.map(one => one.was), made.map(one => one.id)],
  )
}
