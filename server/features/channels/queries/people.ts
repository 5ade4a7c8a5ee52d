// People by name: who can be named in a channel, whom one may write to, whom one shut out. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import type { ChannelPerson, Mention } from '#protocol/channels.ts'
import { ownCourses } from '#server/features/courses/index.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { accountOf } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { demandRead, getChannel, readersOf } from './channel.ts'
import { contextOf } from './context.ts'
import { relations } from './direct.ts'

/** What the beginning of any part of a name must match; everything when there is nothing to look for. */
export const nameBegins = (q: string | undefined): string =>
  `(^|[^[:alnum:]])${(q ?? '')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]/gu, found => `\\${found}`)}`

interface Asked {
  q?: string | undefined
  after?: string | undefined
  limit: number
}

interface Named {
  id: string
  name: string
  key: string
}

/**
 * A page of people out of an SQL that answers account_id ($1 to $n are `values`), by name. One query. Throws
 * `malformed` for a cursor that is none.
 */
export async function peoplePage<Row extends Named>(
  ctx: Ctx,
  peopleSql: string,
  values: readonly unknown[],
  { q, after, limit }: Asked,
  more = '',
): Promise<{ rows: Row[]; next?: string }> {
  const from = readKeyset(after)
  const at = values.length
  const rows = await ctx.sql<Row>(
    `select a.id, a.name, lower(a.name) as key ${more} from accounts a
     where a.id in (${peopleSql}) and a.erased_at is null and lower(a.name) ~ $${at + 1}
       and ($${at + 2}::text is null or (lower(a.name), a.id) > ($${at + 2}, $${at + 3}::uuid))
     order by lower(a.name), a.id limit $${at + 4}`,
    [...values, nameBegins(q), from?.[0] ?? null, from?.[1] ?? null, limit + 1],
  )
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { rows: items, ...(rows.length > limit && last ? { next: writeKeyset(last.key, last.id) } : {}) }
}

/** How often one page reads on, and how many then, while the law leaves too few of those it read. */
const readingOn = { turns: 5, people: 200 } as const

/**
 * Fills a page with those of the people read whom `keep` leaves; what it does not fill within some turns is short, and
 * says where it goes on. A query a turn and what `keep` asks.
 */
async function filledPage<Row extends Named>(
  asked: Asked,
  read: (asked: Asked) => Promise<{ rows: Row[]; next?: string }>,
  keep: (rows: readonly Row[]) => Promise<readonly Row[]>,
): Promise<Page<Row>> {
  const items: Row[] = []
  let { after } = asked
  for (let turn = 0; turn <= readingOn.turns && items.length < asked.limit; turn++) {
    const { rows, next } = await read({ ...asked, after, limit: turn === 0 ? asked.limit : readingOn.people })
    items.push(...(await keep(rows)))
    after = next
    if (next === undefined) break
  }
  const shown = items.slice(0, asked.limit)
  const last = shown.at(-1)
  if (items.length > shown.length && last) return { items: shown, next: writeKeyset(last.key, last.id) }
  return after === undefined ? { items: shown } : { items: shown, next: after }
}

/**
 * Whom whoever asks may write to: people they share a course with, by name; whom they shut out is marked. Throws
 * `malformed` for a cursor that is none.
 */
export async function listContacts(ctx: Ctx, asked: Asked): Promise<Page<ChannelPerson & { blocked: boolean }>> {
  const me = accountOf(ctx.who)
  const seen = (await ownCourses(ctx, me)).filter(one => one.may('course.view')).map(one => one.id)
  const among = `select f.account_id from enrolments e
     join enrolments f on f.course_id = e.course_id and f.ended_at is null and f.account_id <> $1
     where e.account_id = $1 and e.ended_at is null and e.course_id = any($2::uuid[])`
  const blocked = ', exists (select from blocks b where b.account_id = $1 and b.blocked_id = a.id) as blocked'
  const { items, ...more } = await filledPage(
    asked,
    one => peoplePage<Named & { blocked: boolean }>(ctx, among, [me, seen], one, blocked),
    async rows => {
      const pairs = rows.map(row => ({ me, other: row.id as AccountId }))
      const stand = await relations(ctx, pairs)
      return rows.filter((_, index) => stand[index]?.inReach && stand[index].share)
    },
  )
  return { items: items.map(one => ({ id: one.id, name: one.name, blocked: one.blocked })), ...more }
}

/** Whom whoever asks has shut out, by name. Throws `malformed` for a cursor that is none. */
export async function listBlocks(ctx: Ctx, asked: Asked): Promise<Page<ChannelPerson>> {
  const { rows, next } = await peoplePage(
    ctx,
    'select blocked_id from blocks where account_id = $1',
    [accountOf(ctx.who)],
    asked,
  )
  const items = rows.map(({ id, name }) => ({ id, name }))
  return next === undefined ? { items } : { items, next }
}

/**
 * Who is in the context of a channel and may read it, by name: whom a message there can name. Throws `not-found`, what
 * `demandRead` throws, and `malformed` for a cursor that is none.
 */
export async function listPeople(ctx: Ctx, asked: Asked & { channelId: string }): Promise<Page<ChannelPerson>> {
  const channel = await getChannel(ctx, asked.channelId)
  await demandRead(ctx, channel)
  const { items, ...more } = await filledPage(
    asked,
    one => peoplePage(ctx, contextOf(channel.context_kind).people, [channel.context_id], one),
    async rows => {
      const ids = rows.map(row => row.id as AccountId)
      const readers = new Set(await readersOf(ctx, channel, ids))
      return rows.filter(row => readers.has(row.id as AccountId))
    },
  )
  return { items: items.map(({ id, name }) => ({ id, name })), ...more }
}

/**
 * What accounts are called, as mentions, by id. Whoever takes another name locks the account's row, waits for us, and finds
 * what was written of them here. One query, none for nobody.
 */
export async function holdNames(ctx: WriteCtx, accountIds: readonly AccountId[]): Promise<Map<string, Mention>> {
  if (accountIds.length === 0) return new Map()
  const rows = await ctx.sql<Mention>(
    'select id as "accountId", name from accounts where id = any($1::uuid[]) order by id for key share',
    [[...new Set(accountIds)]],
  )
  return new Map(rows.map(row => [row.accountId, row]))
}

/** Whom somebody shut out, for the copy of what is kept about them. */
export const exportBlocks = (ctx: Ctx, accountId: AccountId): Promise<object[]> =>
  ctx.sql<object>(
    'select a.name, b.at from blocks b join accounts a on a.id = b.blocked_id where b.account_id = $1 order by b.at',
    [accountId],
  )
