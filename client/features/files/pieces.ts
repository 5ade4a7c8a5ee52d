// How large the next piece of an upload is. Pure: halved when one broke off, so that a poor line gets on, too, and doubled
// when one came through quickly.

export const smallestPiece = 128 * 1024
export const firstPiece = 1024 * 1024

/** Bytes of the next piece, after one of `size` that took `ms` milliseconds. */
export function afterSuccess(size: number, ms: number, largest: number): number {
  return ms < 4_000 ? Math.min(largest, size * 2) : size
}

/** Bytes of the next piece, after one of `size` broke off. */
export const afterBreak = (size: number): number => Math.max(smallestPiece, Math.floor(size / 2))

/** Milliseconds to wait after so many failures in a row: longer each time, half a minute at most. */
export const pauseAfter = (failures: number): number => Math.min(30_000, 500 * 2 ** Math.min(failures, 10))

/** What tells a file from another one of the same name: picked again after a reload, its upload goes on. */
export const printOf = (file: {
  readonly name: string
  readonly size: number
  readonly lastModified: number
}): string => `${file.name.slice(0, 200)} ${file.size} ${file.lastModified}`

/** A name as the server takes it: no path, no controls, no signs that turn the direction. */
export function cleanName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const plain = last.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '').trim()
  if (plain.length <= 200) return plain || 'file'
  const ending = /\.[^.]{1,12}$/.exec(plain)?.[0] ?? ''
  return plain.slice(0, 200 - ending.length) + ending
}
