// Serves the built client: hashed assets for ever, index.html never from a cache, and index.html for every address that
// is a page of the app. Reads only below its folder.
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import type { Middleware } from 'koa'
import { probes, publicPages, socketPath } from '#protocol/base/addresses.ts'
import { collabPath } from '#protocol/base/documents.ts'
import { Problem } from '#protocol/base/problems.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
}

/** How the build names what it has compressed already. */
const packed = { br: '.br', gzip: '.gz' } as const

// Without their last stroke: what is nearly one of them is no page either.
const notPages = ['/api/', socketPath.slice(0, -1), collabPath.slice(0, -1), ...Object.values(probes)]

/** The one page whose address begins as the API's does. */
const isPage = (path: string): boolean =>
  path === publicPages.apiDocs || !notPages.some(prefix => path.startsWith(prefix))

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    found => (found.isFile() ? found.size : undefined),
    () => undefined,
  )
}

/** Koa middleware over `folder` (dist/client). */
export const assets =
  (folder: string): Middleware =>
  async (ctx, next) => {
    if (!['GET', 'HEAD'].includes(ctx.method) || !isPage(ctx.path)) return next()
    let path: string
    try {
      path = normalize(decodeURIComponent(ctx.path))
    } catch {
      throw new Problem('malformed')
    }
    if (path.includes('\0') || path.includes('..')) throw new Problem('malformed')
    const isAsset = path.startsWith('/assets/')
    let file = join(folder, path)
    let size = path.endsWith('/') ? undefined : await sizeOf(file)
    if (size === undefined) {
      if (isAsset || extname(path)) return
      file = join(folder, 'index.html')
      size = await sizeOf(file)
      if (size === undefined) {
        ctx.status = 503
        ctx.body = 'The pages are not built. Run: npm run build'
        return
      }
    }
    ctx.set('Cache-Control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache')
    ctx.type = types[extname(file)] ?? 'application/octet-stream'
    ctx.vary('Accept-Encoding')
    const coding = ctx.acceptsEncodings('br', 'gzip', 'identity')
    const smaller = coding === 'br' || coding === 'gzip' ? await sizeOf(file + packed[coding]) : undefined
    if (smaller !== undefined && (coding === 'br' || coding === 'gzip')) {
      ctx.set('Content-Encoding', coding)
      file += packed[coding]
      size = smaller
    }
    ctx.length = size
    ctx.body = ctx.method === 'HEAD' ? null : createReadStream(file)
    if (ctx.method === 'HEAD') ctx.status = 200
  }
