// Looks into archives that are brought: at their directory, then at what says how they are played. Nothing is written.
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { Refused } from '#server/features/files/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readXml, XmlUnread } from '#server/platform/extract/xml.ts'
import { listZip, openZipEntry, type ZipListed, ZipRefused, type ZipSource } from '#server/platform/extract/zip.ts'
import { filesOf, keyOf, largestManifest, packageLimits, refusedFor, shown } from '../rules/entries.ts'
import { contentPath, h5pPath, largestLibrary, readH5p, readLibrary, tooManyLibraries } from '../rules/h5p.ts'
import { type ReadPackage, readManifest } from '../rules/manifest.ts'

/** An archive that is kept, read piece by piece. */
export const sourceOf = ({ blobs }: Ctx, blobId: string, size: number): ZipSource => {
  const open: ZipSource['open'] = async (from, length) =>
    length === 0 ? Readable.from([]) : (await blobs.get(blobId, { from, to: from + length - 1 })).body
  const read: ZipSource['read'] = async (from, length) => {
    if (from < 0 || length < 0 || from + length > size) throw new ZipRefused('cut off')
    return length === 0 ? Buffer.alloc(0) : buffer(await open(from, length))
  }
  return { size, open, read }
}

export interface Looked extends ReadPackage {
  readonly files: ReadonlyMap<string, ZipListed>
}

interface Looking {
  readonly source: ZipSource
  readonly files: ReadonlyMap<string, ZipListed>
}

const manifestKey = 'imsmanifest.xml'

async function lookAtScorm({ source, files }: Looking, entry: ZipListed): Promise<ReadPackage | Refused> {
  if (entry.size > largestManifest) return { refused: 'bad-manifest', at: entry.name }
  const manifest = readXml(await buffer(await openZipEntry(source, entry)))
  return readManifest(manifest, new Set(files.keys()))
}

const isRefused = (one: object): one is Refused => 'refused' in one

/** A file of JSON, or why it cannot be read. */
async function readJson({ source, files }: Looking, path: string, most: number): Promise<{ json: unknown } | Refused> {
  const entry = files.get(keyOf(path))
  if (!entry) return { refused: 'part-missing', at: shown(path) }
  if (entry.size > most) return { refused: 'file-unread', at: shown(path) }
  const text = new TextDecoder().decode(await buffer(await openZipEntry(source, entry)))
  try {
    return { json: JSON.parse(text) }
  } catch {
    return { refused: 'file-unread', at: shown(path) }
  }
}

async function lookAtH5p(looking: Looking): Promise<ReadPackage | Refused> {
  const said = await readJson(looking, h5pPath, largestManifest)
  if (isRefused(said)) return said
  const content = await readJson(looking, contentPath, largestManifest)
  if (isRefused(content)) return content
  const keys = new Set(looking.files.keys())
  const found = readH5p(said.json, keys)
  if (isRefused(found)) return found
  // Libraries name others: each is read once.
  const paths = new Set(found.libraries)
  for (const path of paths) {
    if (paths.size > tooManyLibraries) return { refused: 'too-much' }
    const library = await readJson(looking, path, largestLibrary)
    if (isRefused(library)) return library
    const read = readLibrary(library.json, { path, keys, versioned: found.versioned, main: path === found.main })
    if (isRefused(read)) return read
    for (const needed of read.libraries) paths.add(needed)
  }
  return found.package
}

async function look(source: ZipSource): Promise<Looked | Refused> {
  const files = filesOf(await listZip(source, packageLimits))
  if ('refused' in files) return files
  const manifest = files.get(manifestKey)
  if (!manifest && !files.has(h5pPath)) return { refused: 'no-manifest' }
  const found = await (manifest ? lookAtScorm({ source, files }, manifest) : lookAtH5p({ source, files }))
  return isRefused(found) ? found : { ...found, files }
}

/** What an archive holds, or why it is not played. Reads its directory, its manifest, and of H5P what its libraries say. */
export async function lookInto(source: ZipSource): Promise<Looked | Refused> {
  try {
    return await look(source)
  } catch (error) {
    if (error instanceof ZipRefused) return refusedFor(error)
    if (error instanceof XmlUnread) return { refused: 'bad-manifest', at: manifestKey }
    throw error
  }
}
