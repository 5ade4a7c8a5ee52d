// What is read of captions and of who watched how much. Changes nothing; asks no rights.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { Captions, Watched, Watcher } from '#protocol/files/watching.ts'
import type { FileId } from '#protocol/files.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { captions, type FileRow, watches } from '../tables.ts'

/** The captions of a file, by language. */
export async function listCaptions(_ctx: Ctx, fileId: FileId): Promise<Captions[]> {
  const rows = await captions.findAll({ where: { fileId }, order: [['language', 'asc']], raw: true })
  return rows.map(({ language, cues, version, changedAt }) => ({
    ...{ language, cues, version },
    changedAt: changedAt.toISOString(),
  }))
}

/** The captions of one language as WebVTT. Throws `not-found`. */
export async function getCaptionsText(
  _ctx: Ctx,
  fileId: FileId,
  language: string,
): Promise<{ text: string; version: number }> {
  const row = await captions.findOne({ where: { fileId, language }, attributes: ['text', 'version'], raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

/** What the place of a file in its course says of it. */
export async function detailOf(ctx: Ctx, row: FileRow): Promise<Record<string, unknown>> {
  const shown = { form: row.form, size: Number(row.size), number: row.number }
  if (row.form !== 'video' && row.form !== 'audio') return shown
  const there = await listCaptions(ctx, row.id)
  return { ...shown, captions: there.map(one => `${one.language} ${one.version}`) }
}

/** How far somebody is. */
export async function watchedOf(_ctx: Ctx, fileId: FileId, accountId: AccountId): Promise<Watched> {
  const row = await watches.findOne({ where: { fileId, accountId }, raw: true })
  return row ? { place: row.place, seconds: row.seconds, length: row.length } : { place: 0, seconds: 0, length: 0 }
}

/**
 * Who is in the course and has watched some of a file, the furthest first. Throws `malformed` for a cursor that is
 * none.
 */
export async function listWatchers(
  ctx: Ctx,
  fileId: FileId,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<Page<Watcher>> {
  const from = readKeyset(after)
  if (from && !/^\d{1,6}$/.test(from[0]))
    throw new Problem('malformed', { errors: [{ path: 'after', code: 'invalid' }] })
  const rows = await ctx.sql<Watched & { id: AccountId; name: string; changed_at: Date }>(
    `select a.id, a.name, w.place, w.seconds, w.length, w.changed_at from watches w
       join files f on f.id = w.file_id
       join enrolments e on e.course_id = f.course_id and e.account_id = w.account_id and e.ended_at is null
       join accounts a on a.id = w.account_id
      where w.file_id = $1 and ($2::int is null or (w.seconds, a.id) < ($2::int, $3::uuid))
      order by w.seconds desc, a.id desc limit $4`,
    [fileId, from?.[0] ?? null, from?.[1] ?? null, limit + 1],
  )
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map(({ id: accountId, name, place, seconds, length, changed_at }) => ({
      ...{ accountId, name, place, seconds, length },
      at: new Date(changed_at).toISOString(),
    })),
    ...(rows.length > limit && last && { next: writeKeyset(String(last.seconds), last.id) }),
  }
}

/** What a person's export says of what they watched. */
export const exportWatched = (ctx: Ctx, accountId: AccountId): Promise<object[]> =>
  ctx.sql<object>(
    `select f.name, c.title as course, w.place, w.seconds, w.length, w.changed_at as at from watches w
       join files f on f.id = w.file_id join courses c on c.id = f.course_id
      where w.account_id = $1 order by w.changed_at`,
    [accountId],
  )
