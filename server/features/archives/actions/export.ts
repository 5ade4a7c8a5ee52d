// Makes the archive of a course (protocol/ARCHIVE.md): every part as it stands at one moment, then the bytes of its files,
// one after the other, and what it all is at last. Those who may take the course away see it come along.
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import yazl from 'yazl'
import * as z from 'zod/mini'
import {
  archiveKeptDays,
  type CourseExport,
  type CourseExportId,
  courseExportId,
  courseExportsScope,
  largestArchive,
  mostExports,
} from '#protocol/archives.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import { audit } from '#server/features/audit/index.ts'
import {
  bytesIn,
  courseContext,
  courseParts,
  getCourse,
  lockCourse,
  type PartBytes,
  takeCourse,
} from '#server/features/courses/index.ts'
import { accountOf, type Ctx, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { readTogether } from '#server/platform/db/transact.ts'
import type { JobBinding, PreparedJob } from '#server/platform/feature.ts'
import type { Piece } from '#server/platform/storage/blobs.ts'
import { exportOf } from '../queries/archives.ts'
import { readShape } from '../queries/shapes.ts'
import {
  bytesName,
  demandArchive,
  formatName,
  formatVersion,
  type Manifest,
  manifestName,
  partName,
  refusalOf,
  stuckAfterMs,
} from '../rules.ts'
import { type CourseExportRow, courseExports } from '../tables.ts'

const jobData = z.object({ exportId: courseExportId })

const announce = async (ctx: WriteCtx, row: CourseExportRow): Promise<void> =>
  ctx.announce(courseExportsScope, row.courseId, { kind: 'exportChanged', body: { export: await exportOf(ctx, row) } })

/** Removes the bytes of an archive nobody names any more. */
export const dropExportBytes: JobBinding = {
  name: 'archives.drop-export',
  run: async (ctx, data) => {
    const { exportId } = z.parse(jobData, data)
    if ((await courseExports.findByPk(exportId)) === null) await ctx.blobs.remove(exportId)
  },
}

const record = (ctx: WriteCtx, verb: string, { id, courseId }: Pick<CourseExportRow, 'id' | 'courseId'>) =>
  audit.record(ctx, {
    ...{ verb, subject: { kind: 'course', id: courseId }, context: courseContext(courseId) },
    details: { courseId, exportId: id },
  })

/** Gives an archive up, or takes it away. */
export async function dropExport(ctx: WriteCtx, { id, courseId }: Pick<CourseExportRow, 'id' | 'courseId'>) {
  if ((await courseExports.destroy({ where: { id } })) === 0) return
  await ctx.enqueue(dropExportBytes, { exportId: id })
  ctx.announce(courseExportsScope, courseId, { kind: 'exportGone', body: { id } })
}

/** Begins an archive; the oldest of too many goes. Throws `not-found`, `export-running`. Rights were asked. */
export async function startExport(ctx: WriteCtx, courseId: CourseId): Promise<CourseExport> {
  await getCourse(ctx, courseId)
  await lockCourse(ctx, courseId)
  const there = await courseExports.findAll({ where: { courseId }, order: [['id', 'desc']], raw: true })
  demand(
    there.every(one => one.state !== 'running'),
    'export-running',
  )
  for (const old of there.slice(mostExports - 1)) await dropExport(ctx, old)
  const row = await courseExports.create({
    ...{ id: newId<'CourseExport'>(), courseId, askedBy: accountOf(ctx.who), askedAt: ctx.now },
    ...{ state: 'running', size: null, expiresAt: null, refusal: null },
  })
  await record(ctx, 'course.exported', row)
  await ctx.enqueue(exportJob, { exportId: row.id })
  await announce(ctx, row)
  return exportOf(ctx, row)
}

/** How often those who look on are told, in milliseconds. */
const tellEveryMs = 250

/** Says how far it is; asks now and then whether it is still wanted. */
function follow(ctx: Ctx, { id, courseId }: CourseExportRow, of: number) {
  let done = 0
  let told = 0
  return {
    came: (bytes: number) => {
      done += bytes
      if (Date.now() - told < tellEveryMs) return
      told = Date.now()
      ctx.emit(courseExportsScope, courseId, { kind: 'progress', body: { id, done, of } })
    },
    demandWanted: async () => {
      if ((await courseExports.count({ where: { id } })) === 0) throw new Problem('not-found')
    },
  }
}

/** Taken out of a course at one moment. */
interface Taken {
  readonly course: Manifest['course']
  /** By feature, as JSON. */
  readonly parts: ReadonlyMap<string, Buffer>
  readonly bytes: readonly PartBytes[]
}

/** The bytes of an archive. Nothing is opened before somebody reads: an error that nobody waits for would be nobody's. */
async function* zipped(ctx: Ctx, row: CourseExportRow, { course, parts, bytes }: Taken): AsyncGenerator<Buffer> {
  const { came, demandWanted } = follow(
    ctx,
    row,
    bytes.reduce((sum, one) => sum + one.size, 0),
  )
  const { title, shortName, summary, timeZone, language } = course
  const manifest: Manifest = {
    ...{ format: formatName, version: formatVersion, product: process.env.npm_package_version ?? 'dev' },
    ...{ exportedAt: row.askedAt.toISOString(), course: { title, shortName, summary, timeZone, language } },
    ...{ parts: [], bytes: [] },
  }
  async function* opened({ id, size }: PartBytes): AsyncGenerator<Buffer> {
    await demandWanted()
    const sum = createHash('sha256')
    const { body } = await ctx.blobs.get(id).catch((error: unknown) => {
      // Destroyed since the parts were read: it is tried again with parts that know.
      throw new Error(`the bytes ${id} are gone`, { cause: error })
    })
    for await (const chunk of body as AsyncIterable<Buffer>) {
      sum.update(chunk)
      came(chunk.length)
      yield chunk
    }
    manifest.bytes.push({ id: id as Manifest['bytes'][number]['id'], size, sha256: sum.digest('hex') })
  }
  const zip = new yazl.ZipFile()
  const output = zip.outputStream as Readable
  zip.on('error', error => output.destroy(error as Error))
  const options = { mtime: row.askedAt }
  for (const [feature, json] of parts) {
    manifest.parts.push({ feature, sha256: createHash('sha256').update(json).digest('hex') })
    zip.addBuffer(json, partName(feature), options)
  }
  // What people upload is packed already; it is not tried again.
  for (const one of bytes)
    zip.addReadStreamLazy(bytesName(one.id), { ...options, compress: false, size: one.size }, done => {
      const stream = Readable.from(opened(one))
      // yazl hears no error of a stream it is given: unheard, it would end the node.
      stream.on('error', error => output.destroy(error))
      done(null, stream)
    })
  // Written last, when the sums of everything are known.
  zip.addReadStreamLazy(manifestName, options, done => done(null, Readable.from([JSON.stringify(manifest)])))
  zip.end()
  yield* output as AsyncIterable<Buffer>
}

/** Packs everything. What comes of it belongs to nobody yet. */
async function pack(ctx: Ctx, row: CourseExportRow): Promise<Piece> {
  const taken = await readTogether(ctx, async inside => {
    const parts = await takeCourse(inside, row.courseId)
    return { parts, course: await getCourse(inside, row.courseId), bytes: bytesIn(parts) }
  })
  // What could not be brought in again is no archive: said now, while the course can be mended.
  const parts = new Map<string, Buffer>()
  for (const [feature, part] of taken.parts) parts.set(feature, Buffer.from(JSON.stringify(part)))
  demandArchive(parts, taken.bytes.length)
  for (const [feature, part] of taken.parts) {
    const known = courseParts().get(feature)
    if (known) await readShape(known.shape, part, feature)
  }
  const total = taken.bytes.reduce((sum, one) => sum + one.size, 0)
  demand(total < largestArchive, 'archive-too-large', { params: { limit: `${largestArchive / 1000 ** 3} GB` } })
  return ctx.blobs.receive(Readable.from(zipped(ctx, row, { ...taken, parts })), largestArchive + 1024 ** 3)
}

/** The row of an archive that is still wanted, locked. */
async function lockedRunning(id: CourseExportId): Promise<CourseExportRow | undefined> {
  const row = await courseExports.findByPk(id, { lock: true, raw: true })
  return row?.state === 'running' ? row : undefined
}

async function finish(ctx: WriteCtx, id: CourseExportId, packed: Piece): Promise<'done'> {
  const row = await lockedRunning(id)
  // Given up meanwhile, or another attempt was faster.
  if (!row) {
    await packed.drop()
    return 'done'
  }
  await packed.become(id)
  const expiresAt = new Date(ctx.now.getTime() + archiveKeptDays * 86_400_000)
  const ready = { state: 'ready' as const, size: packed.size, expiresAt }
  await courseExports.update(ready, { where: { id } })
  await announce(ctx, { ...row, ...ready })
  return 'done'
}

/** Says that nothing came of an archive. */
async function refuse(ctx: WriteCtx, data: unknown, problem: Problem): Promise<void> {
  const { exportId: id } = z.parse(jobData, data)
  const row = await lockedRunning(id)
  if (!row) return
  const refused = { state: 'refused' as const, refusal: refusalOf(problem) }
  await courseExports.update(refused, { where: { id } })
  await announce(ctx, { ...row, ...refused })
}

/** Packs outside any transaction: giving it up does not wait for the end. */
export const exportJob: PreparedJob = {
  name: 'archives.export',
  prepare: async (ctx, data) => {
    const { exportId: id } = z.parse(jobData, data)
    const row = await courseExports.findByPk(id, { raw: true })
    if (row?.state !== 'running') return async () => 'done'
    const packed = await pack(ctx, row)
    return tx => finish(tx, id, packed)
  },
  refused: refuse,
}

/** Archives taken away in one transaction: each tells its course. */
const droppedATurn = 4

/** Takes away what has run out, and says that nothing came of what a fault has stopped. Throws `not-found`. */
export async function dropOldExports(ctx: WriteCtx): Promise<void> {
  const rows = await ctx.sql<Pick<CourseExportRow, 'id' | 'courseId' | 'state'>>(
    `select id, course_id as "courseId", state from course_exports
      where expires_at < $1 or (state = 'running' and asked_at < $2)
      order by course_id, id limit ${droppedATurn} for update skip locked`,
    [ctx.now, new Date(ctx.now.getTime() - stuckAfterMs)],
  )
  for (const row of rows)
    await (row.state === 'running' ? refuse(ctx, { exportId: row.id }, new Problem('internal')) : dropExport(ctx, row))
}
