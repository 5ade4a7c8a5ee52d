// Packages on the content origin: our player's page and the files of a package, for whoever holds a ticket that stands. The
// right is asked with every file, at most once a second a ticket: where it is taken away, the next file is not there.
import { Readable } from 'node:stream'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { hashSecret } from '#server/platform/db/id.ts'
import { openZipEntry, openZipRange } from '#server/platform/extract/zip.ts'
import type { ContentAnswer, ContentBinding } from '#server/platform/feature.ts'
import { playersPath } from '#server/platform/http/content.ts'
import { sourceOf } from '../actions/looking.ts'
import { extendsBelowMs, extendTicket } from '../actions/sittings.ts'
import { findPackageFile, findTicket, type Ticket } from '../queries/tickets.ts'
import { keyOf, typeOfKey } from '../rules/entries.ts'
import { packageFor } from './rights.ts'

/** How long what was judged holds, in milliseconds, and of how many tickets it is kept. */
const judgedMs = 1_000
const mostJudged = 2_000

const judged = new Map<string, { readonly at: number; readonly ticket: Promise<Ticket> }>()

async function judge(ctx: Ctx, hash: Buffer): Promise<Ticket> {
  const ticket = await findTicket(ctx, hash)
  if (!ticket) throw new Problem('not-found')
  const { courseId, packageId } = ticket
  await packageFor({ ...ctx, who: ticket.who }, { courseId, packageId })
  if (ticket.expiresAt.getTime() - ctx.now.getTime() < extendsBelowMs) await extendTicket(ctx, hash)
  return ticket
}

/** What a secret opens now. Throws `not-found` and what `packageFor` throws. */
async function ticketOf(ctx: Ctx, secret: string): Promise<Ticket> {
  demand(/^[\w-]{22}$/.test(secret), 'not-found')
  const hash = hashSecret(secret)
  const key = hash.toString('base64')
  const at = performance.now()
  const known = judged.get(key)
  if (known && at - known.at < judgedMs) return known.ticket
  const ticket = judge(ctx, hash)
  // What is refused is told to all who wait for it, by each of them.
  ticket.catch(() => undefined)
  judged.delete(key)
  judged.set(key, { at, ticket })
  for (const [old] of judged) {
    if (judged.size <= mostJudged) break
    judged.delete(old)
  }
  return ticket
}

const styles = {
  scorm:
    'html,body{margin:0;height:100%;overflow:hidden;background:#fff}iframe{display:block;width:100%;height:100%;border:0}',
  h5p: 'html,body{margin:0;background:#fff}main{box-sizing:border-box;max-width:60rem;margin:0 auto;padding:.5rem}',
} as const

// Nothing of anybody's stands in it: whom it speaks to is known from the address of who may frame it.
const pageFor = (player: keyof typeof styles, framedBy: string): Buffer =>
  Buffer.from(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="lectern-app" content="${framedBy}">
<title>Lectern</title>
<style>${styles[player]}</style>
<script type="module" src="/${playersPath}/${player}.js"></script>
</head>
<body></body>
</html>
`)

function playerPage({ form, framedBy }: Ticket): ContentAnswer {
  const page = pageFor(form === 'h5p' ? 'h5p' : 'scorm', framedBy)
  return {
    ...{ type: 'text/html; charset=utf-8', size: page.length, tag: `player-${page.length}`, framedBy },
    plain: form === 'h5p',
    open: async range => Readable.from([range ? page.subarray(range.from, range.to + 1) : page]),
  }
}

async function packageFile(ctx: Ctx, ticket: Ticket, path: readonly string[]): Promise<ContentAnswer> {
  const key = keyOf(path.join('/'))
  const entry = await findPackageFile(ctx, ticket.contentId, key)
  if (!entry) throw new Problem('not-found')
  const source = sourceOf(ctx, ticket.blobId, ticket.size)
  return {
    ...{ type: typeOfKey(key), size: entry.size, framedBy: ticket.framedBy },
    plain: ticket.form === 'h5p',
    tag: `${ticket.contentId}-${entry.local}`,
    open: range => (range ? openZipRange(source, entry, range) : openZipEntry(source, entry)),
  }
}

export const packagesContent: ContentBinding = {
  name: 'packages',
  answer: async (ctx, [secret = '', what, ...path]) => {
    const ticket = await ticketOf(ctx, secret)
    if (what === 'play' && path.length === 0) return playerPage(ticket)
    demand(what === 'files' && path.length > 0, 'not-found')
    return packageFile(ctx, ticket, path)
  },
}
