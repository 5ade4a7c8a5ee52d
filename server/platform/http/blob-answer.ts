// Answers with stored bytes: whole, a part (RFC 9110, 14) or "not changed". What people uploaded is never a page of this
// site: a type is shown only when it is on the list below, the rest is saved; scripts, frames and forms have no way in.
import { pipeline } from 'node:stream/promises'
import type { Context } from 'koa'
import type { Blob } from '../feature.ts'

/** Types a browser shows without running anything of the author's. No SVG and no HTML. */
const shown = new Set([
  ...['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'],
  ...['audio/mpeg', 'audio/mp4', 'audio/ogg', 'audio/wav', 'audio/flac', 'audio/webm', 'audio/aac'],
  ...['video/mp4', 'video/webm', 'video/ogg', 'video/quicktime'],
  ...['application/pdf', 'text/plain', 'text/vtt'],
])

/** Whether a browser may show stored bytes of this type. */
export const mayShow = (type: string): boolean => shown.has(type)

export interface ByteRange {
  readonly from: number
  readonly to: number
}

/**
 * The one range of a Range header over `size` bytes, both ends included. Undefined: answer with everything (none, several,
 * or what is no range). 'none': it lies outside.
 */
export function rangeOf(header: string, size: number): ByteRange | 'none' | undefined {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header.trim()) ?? []
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined
  if (from === '') {
    const last = Math.min(Number(to), size)
    return last === 0 ? 'none' : { from: size - last, to: size - 1 }
  }
  const range = { from: Number(from), to: to === '' ? size - 1 : Math.min(Number(to), size - 1) }
  if (to !== '' && Number(to) < range.from) return undefined
  return range.from >= size ? 'none' : range
}

// The browser's own PDF viewer needs its styles and would not run in a sandbox; nothing else of a PDF gets anywhere.
const pdfPolicy = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
const policy = "default-src 'none'; media-src 'self'; img-src 'self'; style-src 'unsafe-inline'; sandbox"

function setHeaders(ctx: Context, blob: Blob): void {
  const inline = blob.as === 'inline' && shown.has(blob.type)
  ctx.attachment(blob.name, { type: inline ? 'inline' : 'attachment' })
  ctx.set(
    'Content-Type',
    blob.type === 'text/plain' || blob.type === 'text/vtt' ? `${blob.type}; charset=utf-8` : blob.type,
  )
  ctx.set('Content-Security-Policy', inline && blob.type === 'application/pdf' ? pdfPolicy : policy)
}

/** Writes the answer with its headers. */
export async function answerBlob(ctx: Context, blob: Blob): Promise<void> {
  setHeaders(ctx, blob)
  await answerBytes(ctx, blob)
}

/** Writes bytes, whole or the part that is asked for. A body that breaks off ends the connection, so that nobody takes half of it for the whole. */
export async function answerBytes(ctx: Context, blob: Pick<Blob, 'size' | 'tag' | 'open'>): Promise<void> {
  const tag = `"${blob.tag}"`
  ctx.set('Accept-Ranges', 'bytes')
  ctx.set('ETag', tag)
  // Kept by this browser, and asked about each time: a right that was taken holds for what was read before, too.
  ctx.set('Cache-Control', 'private, no-cache')
  if (ctx.get('if-none-match') === tag) {
    ctx.status = 304
    return
  }
  const same = ctx.get('if-range') === '' || ctx.get('if-range') === tag
  const range = same ? rangeOf(ctx.get('range'), blob.size) : undefined
  if (range === 'none') {
    ctx.status = 416
    ctx.set('Content-Range', `bytes */${blob.size}`)
    ctx.body = ''
    return
  }
  ctx.status = range ? 206 : 200
  if (range) ctx.set('Content-Range', `bytes ${range.from}-${range.to}/${blob.size}`)
  ctx.length = range ? range.to - range.from + 1 : blob.size
  if (ctx.method === 'HEAD' || blob.size === 0) {
    if (ctx.method !== 'HEAD') ctx.body = ''
    return
  }
  const body = await blob.open(range)
  ctx.respond = false
  ctx.res.statusCode = ctx.status
  await pipeline(body, ctx.res).catch((error: NodeJS.ErrnoException) => {
    // The reader went away, as a player does at each seek.
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE' && error.code !== 'ECONNRESET' && error.code !== 'EPIPE')
      throw error
  })
}
