// Security headers of every answer: no inline script or style, no foreign host, no framing. HSTS and upgrade only where
// we are served over https: phones in the room reach the embedded mode over plain http.
import type { IncomingMessage } from 'node:http'
import type { Middleware } from 'koa'
import { embedHosts } from '#protocol/content/embeds.ts'
import type { Transport } from './cookies.ts'

const policyWith = (framed: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "media-src 'self' blob:",
    // Stored PDFs of ours, players of other sites once a reader asks for one, and what runs on the content origin.
    ['frame-src', "'self'", ...embedHosts.map(host => `https://${host}`), ...framed].join(' '),
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')

/** Sets the headers before anything else answers, refusals included. `contentOf`: which content origin a browser is shown. */
export const securityHeaders = (
  transport: Transport,
  contentOf: (request: IncomingMessage) => string | null,
): Middleware => {
  return async (ctx, next) => {
    const content = contentOf(ctx.req)
    ctx.set('Content-Security-Policy', policyWith(content === null ? [] : [content]))
    ctx.set('X-Content-Type-Options', 'nosniff')
    ctx.set('Referrer-Policy', 'same-origin')
    ctx.set('Cross-Origin-Resource-Policy', 'same-origin')
    // People record and show their screen here; the browser still asks them each time.
    ctx.set(
      'Permissions-Policy',
      'camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=()',
    )
    if (transport === 'https') {
      // Browsers ignore it, with a complaint, where the page is no secure context.
      ctx.set('Cross-Origin-Opener-Policy', 'same-origin')
      ctx.set('Strict-Transport-Security', 'max-age=31536000')
    }
    await next()
  }
}
