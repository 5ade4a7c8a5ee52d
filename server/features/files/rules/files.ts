// Who may read a file and what a file is. Pure.
import { deepestFolder, type FileForm } from '#protocol/files.ts'

/** How a person stands to one file. */
export interface FileStanding {
  /** May view the course. */
  readonly views: boolean
  /** May change its content. */
  readonly changes: boolean
  readonly removed: boolean
  /** Something that everybody in the course sees shows it: its own place there, or a page. */
  readonly released: boolean
}

/** Staff read everything, the bin too; everybody else what is shown to them. */
export const mayReadFile = ({ views, changes, removed, released }: FileStanding): boolean =>
  changes || (views && released && !removed)

const endings: Readonly<Record<string, string>> = {
  vtt: 'text/vtt',
}

/** Whether the head of a file of `size` bytes is text: UTF-8 without controls that no text has. A sign cut off is no fault. */
export function isText(head: Uint8Array, size: number): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: head.length < size })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    return !/[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text)
  } catch {
    return false
  }
}

// Containers that hold sound alone as well as pictures: their signature is the same.
const soundIn: Readonly<Record<string, string>> = { 'video/mp4 m4a': 'audio/mp4', 'video/webm weba': 'audio/webm' }

/**
 * The media type of bytes: what their signature says, else text, else just bytes. The name decides between texts, and whether
 * a container holds sound alone.
 */
export function typeOf(signature: string | undefined, content: 'text' | 'bytes', name: string): string {
  const ending = name.split('.').at(-1)?.toLowerCase() ?? ''
  if (signature !== undefined)
    return signature === 'audio/x-m4a' ? 'audio/mp4' : (soundIn[`${signature} ${ending}`] ?? signature)
  if (content === 'bytes') return 'application/octet-stream'
  return endings[ending] ?? 'text/plain'
}

const shownImages = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'])

/** What a media type is to people. Pictures that browsers do not show, and drawings that may run scripts, are files. */
export function formOf(type: string): FileForm {
  if (shownImages.has(type)) return 'image'
  if (type.startsWith('audio/')) return 'audio'
  if (type.startsWith('video/')) return 'video'
  if (type === 'application/pdf') return 'pdf'
  return type.startsWith('text/') ? 'text' : 'other'
}

/** Room a course has before anybody gives it more, in bytes. */
export const commonSpace = 20 * 1000 ** 3
/** Room a person has for what they send to people alone, in bytes. */
export const personalSpace = 1000 ** 3

/** Bytes as people read them, for refusals: "1.5 GB". */
export function bytesInWords(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log(bytes) / Math.log(1000)))
  const value = bytes / 1000 ** step
  return `${value < 10 && step > 0 ? value.toFixed(1) : Math.round(value)} ${units[step]}`
}

interface InTree {
  readonly id: string
  readonly folderId: string | null
  readonly name: string
}

/** Whether folders and files from outside stand as a tree that is not too deep, with each name once in its folder. */
export function standsAsTree({
  folders,
  files,
}: {
  readonly folders: readonly InTree[]
  readonly files: readonly InTree[]
}) {
  const above = new Map(folders.map(one => [one.id, one.folderId]))
  const names = new Set([...folders, ...files].map(one => `${one.folderId} ${one.name.toLowerCase()}`))
  if (above.size < folders.length || names.size < folders.length + files.length) return false
  // A circle never ends, and so is too deep.
  const depth = (id: string | null, steps = 0): number => {
    const next = id === null ? null : above.get(id)
    if (next === undefined || steps > deepestFolder) return Number.POSITIVE_INFINITY
    return id === null ? steps : depth(next, steps + 1)
  }
  return [...folders, ...files].every(one => depth(one.folderId) < deepestFolder + (above.has(one.id) ? 0 : 1))
}
