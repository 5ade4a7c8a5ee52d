// The form of an archive (protocol/ARCHIVE.md) and what is refused of one, from plain data. Pure.
import * as z from 'zod/mini'
import { timeZone } from '#protocol/accounts.ts'
import { largestArchive, type Refusal } from '#protocol/archives.ts'
import { idSchema, instant, line, text } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { courseLanguage } from '#protocol/courses.ts'
import type { ZipLimits, ZipListed, ZipRefused } from '#server/platform/extract/zip.ts'

/** The one word every manifest begins with. */
export const formatName = 'lectern-course'
/** The form that is written and read. A change that older servers would misread makes the next. */
export const formatVersion = 1

export const manifestName = 'course.json'
export const partName = (feature: string): string => `parts/${feature}.json`
export const bytesName = (id: string): string => `bytes/${id}`

export const archiveLimits: ZipLimits = { entries: 20_000, unpacked: largestArchive, ratio: 200 }
/** Unpacked bytes of the manifest and the parts, which are read into memory: of one, and of all. */
const largestPart = 32 * 1024 * 1024
const largestParts = 64 * 1024 * 1024
/** Values in one of them, and how deep they lie: more than any course has, and few enough to be read at once. */
const mostValues = 500_000
const deepest = 200

/** Work that nothing was heard of for so long was stopped by a fault, in milliseconds: no queue tries again by then. */
export const stuckAfterMs = 2 * 86_400_000

const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/))

export const manifestShape = z.object({
  format: z.literal(formatName),
  version: z.literal(formatVersion),
  /** Of the server that wrote it. */
  product: z.string().check(z.maxLength(60)),
  exportedAt: instant,
  course: z.strictObject({
    title: line(200),
    shortName: text(40),
    summary: text(2_000),
    timeZone,
    language: courseLanguage,
  }),
  parts: z.array(z.strictObject({ feature: z.string().check(z.regex(/^[a-z][a-z-]{0,39}$/)), sha256 })).check(
    z.maxLength(200),
    z.refine(all => new Set(all.map(one => one.feature)).size === all.length),
  ),
  bytes: z
    .array(z.strictObject({ id: idSchema<'Bytes'>(), size: z.int().check(z.minimum(0)), sha256 }))
    .check(z.refine(all => new Set(all.map(one => one.id)).size === all.length)),
})
export type Manifest = z.infer<typeof manifestShape>

// What stands for itself in JSON: quotes, backslashes, and what begins, ends and parts values.
const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const isBegin = (byte: number): boolean => byte === 0x5b || byte === 0x7b
const isEnd = (byte: number): boolean => byte === 0x5d || byte === 0x7d

/**
 * Weighs JSON before it is read: a few bytes a value become hundreds in memory. Throws `archive-unfit` for more values or
 * deeper ones than any course has.
 */
export function weighJson(bytes: Uint8Array, part: string): void {
  let values = 1
  let depth = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (byte === quote) {
      for (at++; at < bytes.length && bytes[at] !== quote; at++) if (bytes[at] === backslash) at++
    } else if (byte === comma) values++
    else if (isBegin(byte)) {
      values++
      depth++
    } else if (isEnd(byte)) depth--
    if (values > mostValues || depth > deepest) throw new Problem('archive-unfit', { params: { part, path: '/' } })
  }
}

/** Whether manifest and parts of so many bytes are read. Throws `archive-too-large`. */
function demandReadable(sizes: readonly number[]): void {
  const most = sizes.some(size => size > largestPart) ? largestPart : largestParts
  const all = sizes.reduce((sum, size) => sum + size, 0)
  demand(most === largestParts && all <= most, 'archive-too-large', { params: { limit: `${most / 1024 / 1024} MB` } })
}

/** Bytes of the manifest that speak of one entry, at most; and of the course. */
const saidOfOne = 200
const saidOfAll = 32 * 1024

/** Whether an archive of these parts and so many files would be read. Throws `archive-too-large` and `archive-unfit`. */
export function demandArchive(parts: ReadonlyMap<string, Uint8Array>, files: number): void {
  const entries = 1 + parts.size + files
  demand(entries <= archiveLimits.entries, 'archive-too-large', { params: { limit: archiveLimits.entries } })
  demandReadable([saidOfAll + entries * saidOfOne, ...[...parts.values()].map(json => json.length)])
  for (const [feature, json] of parts) weighJson(json, partName(feature))
}

// No path that leads out of a folder, or that systems read in different ways.
const unsafeName = /^$|^[/~]|^[a-z]:|\\|\/\/|(?:^|\/)\.{1,2}(?:\/|$)|[\p{Cc}\p{Cf}]/iu

/**
 * The entries of an archive by their names, without folders. Throws `archive-unsafe` for a name that leads elsewhere, a
 * link, and names that differ in their case alone or not at all; `archive-too-large` where what is read into memory is
 * too much.
 */
export function namedEntries(entries: readonly ZipListed[]): ReadonlyMap<string, ZipListed> {
  const seen = new Set<string>()
  const found = new Map<string, ZipListed>()
  const inMemory: number[] = []
  for (const entry of entries) {
    const { name, link, size } = entry
    const alike = name.normalize('NFC').toLowerCase()
    demand(!unsafeName.test(name) && !link && !seen.has(alike), 'archive-unsafe', { params: { name: shown(name) } })
    seen.add(alike)
    if (name.endsWith('/')) continue
    if (!name.startsWith(bytesName(''))) inMemory.push(size)
    found.set(name, entry)
  }
  demandReadable(inMemory)
  return found
}

/** A name as it may be shown. */
const shown = (name: string): string => name.replace(/[\p{Cc}\p{Cf}]/gu, '�').slice(0, 100) || '�'

/** Why an archive is not read, as people are told: `archive-too-large`, `archive-unsafe`, else `not-an-archive`. */
export function problemOf({ fault, at }: ZipRefused): Problem {
  if (fault === 'large') return new Problem('archive-too-large', { params: { limit: '20 GB' } })
  if (fault === 'grows') return new Problem('archive-unsafe', { params: { name: shown(at || 'ZIP') } })
  return new Problem('not-an-archive')
}

/** A refusal as it is kept and told: what its words need, and no rows. */
export const refusalOf = ({ code, params, errors }: Problem): Refusal => ({
  code,
  params: {
    ...Object.fromEntries(
      Object.entries(params).filter((one): one is [string, string | number] =>
        ['string', 'number'].includes(typeof one[1]),
      ),
    ),
    ...(errors[0] ? { path: errors[0].path } : {}),
  },
})

/** Whether what the database says is that a value does not fit, as of an archive made by hand: no fault of the machine. */
export function isUnfit(thrown: unknown): boolean {
  const seen = thrown as { readonly code?: string; readonly original?: { readonly code?: string } } | undefined
  return /^2[23]/.test(seen?.original?.code ?? seen?.code ?? '')
}
