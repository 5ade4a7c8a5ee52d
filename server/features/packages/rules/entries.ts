// What an archive may hold to be taken as a package, from its directory alone, and what its files are. Pure.
import type { UploadRefused } from '#protocol/files.ts'
import { largestPackage } from '#protocol/packages/limits.ts'
import type { Refused } from '#server/features/files/index.ts'
import type { ZipLimits, ZipListed, ZipRefused } from '#server/platform/extract/zip.ts'

/** What an archive may be unpacked to: more than any package has that is made by hand. */
export const packageLimits: ZipLimits = { entries: 10_000, unpacked: 4 * largestPackage, ratio: 200 }

/** Bytes of a manifest at most: it is read into memory. */
export const largestManifest = 5 * 1000 ** 2

// No path that leads out of a folder, or that systems read in different ways.
const unsafeName = /^$|^[/~]|^[a-z]:|\\|\/\/|(?:^|\/)\.{1,2}(?:\/|$)|[\p{Cc}\p{Cf}]/iu

// What systems put into archives for themselves.
const leftOver = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i

/** Under what a path is asked for: letters composed and in one case, as most systems take them. */
export const keyOf = (path: string): string => path.normalize('NFC').toLowerCase()

/** A name of the archive's as it may be shown. */
export const shown = (name: string): string => name.replace(/[\p{Cc}\p{Cf}]/gu, '\u{fffd}').slice(0, 200) || '\u{fffd}'

/**
 * The files of an archive by their keys, without folders and what systems leave in them; or why it is not taken: a name that
 * leads elsewhere, a link, names that differ in their case alone or not at all, what is packed in an unknown way.
 */
export function filesOf(entries: readonly ZipListed[]): ReadonlyMap<string, ZipListed> | Refused {
  const seen = new Set<string>()
  const found = new Map<string, ZipListed>()
  for (const entry of entries) {
    const { name, link, method } = entry
    const key = keyOf(name)
    if (unsafeName.test(name) || name.length > 1_000 || link || seen.has(key))
      return { refused: 'unsafe-name', at: shown(name) }
    if (method !== 0 && method !== 8) return { refused: 'no-archive', at: shown(name) }
    seen.add(key)
    if (!name.endsWith('/') && !leftOver.test(name)) found.set(key, entry)
  }
  return found
}

const faults: Readonly<Record<ZipRefused['fault'], UploadRefused>> = {
  none: 'no-archive',
  large: 'too-much',
  grows: 'grows',
  encrypted: 'encrypted',
}

/** Why an archive cannot be read, as people are told. */
export const refusedFor = ({ fault, at }: ZipRefused): Refused => ({
  refused: faults[fault],
  ...(at === '' ? {} : { at: shown(at) }),
})

// Files are given out as what their names end with, and by nothing else. Without a set of characters: pages of packages say
// theirs themselves, and many are older than UTF-8.
const types: Readonly<Record<string, string>> = {
  ...{ html: 'text/html', htm: 'text/html', xhtml: 'application/xhtml+xml', css: 'text/css', txt: 'text/plain' },
  ...{ js: 'text/javascript', mjs: 'text/javascript', json: 'application/json', xml: 'application/xml' },
  ...{ xsd: 'application/xml', xsl: 'application/xml', dtd: 'application/xml-dtd', wasm: 'application/wasm' },
  ...{ png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp' },
  ...{ avif: 'image/avif', svg: 'image/svg+xml', ico: 'image/x-icon', bmp: 'image/bmp', cur: 'image/x-icon' },
  ...{ mp3: 'audio/mpeg', m4a: 'audio/mp4', aac: 'audio/aac', oga: 'audio/ogg', ogg: 'audio/ogg', wav: 'audio/wav' },
  ...{ mp4: 'video/mp4', m4v: 'video/mp4', webm: 'video/webm', ogv: 'video/ogg', mov: 'video/quicktime' },
  ...{ vtt: 'text/vtt', srt: 'text/plain', csv: 'text/csv', pdf: 'application/pdf' },
  ...{ woff: 'font/woff', woff2: 'font/woff2', ttf: 'font/ttf', otf: 'font/otf' },
}

/** The media type of a file of a package, by its key. */
export const typeOfKey = (key: string): string =>
  types[/\.([a-z0-9]+)$/.exec(key)?.[1] ?? ''] ?? 'application/octet-stream'
