// Reads an archive that somebody brought: its directory, its manifest and its parts, each checked before anything is
// written. Its bytes are streamed and compared with their sums as they come. Writes nothing.
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { demand, Problem } from '#protocol/base/problems.ts'
import { bytesIn, type CourseParts, courseParts, type PartBytes } from '#server/features/courses/index.ts'
import { demandKeepable } from '#server/platform/call/dispatcher.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { listZip, openZipEntry, type ZipListed, ZipRefused, type ZipSource } from '#server/platform/extract/zip.ts'
import {
  archiveLimits,
  bytesName,
  type Manifest,
  manifestName,
  namedEntries,
  partName,
  problemOf,
  weighJson,
} from '../rules.ts'
import { readManifest, readShape } from './shapes.ts'

/** An archive that is open: what it says of itself, and where its entries are. */
export interface OpenArchive {
  readonly source: ZipSource
  readonly entries: ReadonlyMap<string, ZipListed>
  readonly manifest: Manifest
}

/** What the reading of an archive throws, as a Problem where the archive is the reason. */
async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof ZipRefused ? problemOf(error) : error
  }
}

const sourceOf = ({ blobs }: Ctx, id: string, size: number): ZipSource => {
  const open: ZipSource['open'] = async (from, length) => (await blobs.get(id, { from, to: from + length - 1 })).body
  const read: ZipSource['read'] = async (from, length) => {
    if (from < 0 || length < 0 || from + length > size) throw new ZipRefused('cut off')
    return length === 0 ? Buffer.alloc(0) : buffer(await open(from, length))
  }
  return { size, open, read }
}

function entryOf({ entries }: Pick<OpenArchive, 'entries'>, name: string): ZipListed {
  const entry = entries.get(name)
  if (!entry) throw new Problem('archive-damaged', { params: { name } })
  return entry
}

/** What stands in an entry as JSON, and its SHA-256. Throws `archive-damaged` for what is none, `archive-unfit` for too much. */
async function readJson(of: Pick<OpenArchive, 'source' | 'entries'>, name: string) {
  const bytes = await told(async () => buffer(await openZipEntry(of.source, entryOf(of, name))))
  weighJson(bytes, name)
  const sum = createHash('sha256').update(bytes).digest('hex')
  try {
    return { json: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown, sum }
  } catch {
    throw new Problem('archive-damaged', { params: { name } })
  }
}

/**
 * Opens an archive of `size` bytes that stands in the storage. Throws what is wrong with it: `not-an-archive`,
 * `archive-foreign`, `archive-newer`, `archive-damaged`, `archive-unfit`, `archive-unsafe`, `archive-too-large`.
 */
export async function openArchive(ctx: Ctx, { id, size }: { id: string; size: number }): Promise<OpenArchive> {
  const source = sourceOf(ctx, id, size)
  const entries = namedEntries(await told(() => listZip(source, archiveLimits)))
  demand(entries.has(manifestName), 'archive-foreign')
  const { json } = await readJson({ source, entries }, manifestName)
  demandText(json, manifestName)
  const manifest = await readManifest(json)
  for (const one of manifest.bytes) {
    const name = bytesName(one.id)
    demand(entryOf({ entries }, name).size === one.size, 'archive-damaged', { params: { name } })
  }
  return { source, entries, manifest }
}

function demandText(json: unknown, part: string): void {
  try {
    demandKeepable(json)
  } catch (error) {
    throw error instanceof Problem ? new Problem('archive-unfit', { params: { part, path: '/' } }) : error
  }
}

/** What is in an archive: every part, the bytes that they name, and the parts that no feature here knows. */
export interface ReadParts {
  readonly parts: CourseParts
  readonly bytes: readonly PartBytes[]
  readonly unknown: readonly string[]
}

/**
 * Every part, parsed as its feature's doors would. Throws what is wrong with them: `not-an-archive`, `archive-damaged`,
 * `archive-unfit`, `archive-unsafe`, `archive-too-large`.
 */
export async function readParts(archive: OpenArchive): Promise<ReadParts> {
  const known = courseParts()
  const parts = new Map<string, unknown>()
  const unknown: string[] = []
  for (const { feature, sha256 } of archive.manifest.parts) {
    const name = partName(feature)
    const part = known.get(feature)
    if (!part) {
      entryOf(archive, name)
      unknown.push(feature)
      continue
    }
    const { json, sum } = await readJson(archive, name)
    demand(sum === sha256, 'archive-damaged', { params: { name } })
    demandText(json, feature)
    parts.set(feature, await readShape(part.shape, json, feature))
  }
  const there = new Map(archive.manifest.bytes.map(one => [one.id as string, one.size]))
  const bytes = bytesIn(parts)
  for (const { id, size } of bytes)
    demand(there.get(id) === size, 'archive-damaged', { params: { name: bytesName(id) } })
  // What nobody names would be nobody's, and count for nobody. It may be that of a part that is not known here.
  demand(unknown.length > 0 || there.size === bytes.length, 'archive-unfit', {
    params: { part: manifestName, path: 'bytes' },
  })
  return { parts, bytes, unknown }
}

interface Sought {
  readonly id: string
  readonly sha256: string
  readonly came: (bytes: number) => void
}

/**
 * Bytes of an archive; the stream breaks off with a Problem where they are not those that the manifest says:
 * `archive-damaged`, or `not-an-archive`, `archive-unsafe` and `archive-too-large` of the ZIP. Nothing is opened before
 * somebody reads: an error that nobody waits for would be nobody's.
 */
export const openBytes = (archive: OpenArchive, sought: Sought): Readable => Readable.from(checked(archive, sought))

async function* checked(archive: OpenArchive, { id, sha256, came }: Sought): AsyncGenerator<Buffer> {
  const name = bytesName(id)
  const sum = createHash('sha256')
  try {
    for await (const chunk of (await openZipEntry(archive.source, entryOf(archive, name))) as AsyncIterable<Buffer>) {
      sum.update(chunk)
      came(chunk.length)
      yield chunk
    }
  } catch (error) {
    throw error instanceof ZipRefused ? problemOf(error) : error
  }
  demand(sum.digest('hex') === sha256, 'archive-damaged', { params: { name } })
}
