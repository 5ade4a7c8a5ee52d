// All channels of one person: the list, the state of their own scope, and where their channels stand. A handful of
// queries whatever the number of channels: one or two a kind of context, one for the page, one for names. Changes nothing.

import * as z from 'zod/mini'
import type { Input } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { instant } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { StateOf } from '#protocol/base/scope.ts'
import type { ChannelEntry, ChannelHead, inboxRoutes, inboxScope } from '#protocol/channels/inbox.ts'
import { type ChannelId, quoteLength } from '#protocol/channels.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { accountOf } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { inForm, noRights, whyNot } from '../rules/messages.ts'
import { lineSql } from './attachments.ts'
import { type ChannelFacts, channelColumns, channelOf, demandRead, getChannel, peopleOfDirect } from './channel.ts'
import { contextOf, contextsOf, type MyContext } from './context.ts'

type MyPlace = MyContext & { kind: string }

// Who never read has what was said since they came, of the last hundred: nobody starts with a thousand unread. Whoever
// had the last word has read what was before it.
const mineSql = `
  select ${channelColumns}, date_trunc('milliseconds', coalesce(c.last_at, c.created_at)) as at, r.muted_until,
    greatest(case when exists (
      select from messages m where m.channel_id = c.id and m.number = c.last_number and m.author_id = $1
    ) then c.last_number else 0 end, coalesce(r.number, c.last_number - (
      select count(*)::int from (
        select m.sent_at from messages m where m.channel_id = c.id and m.number is not null order by m.number desc limit 100
      ) recent where recent.sent_at >= mine.since
    ))) as read_number,
    coalesce((select max(n.number) from mentions n where n.account_id = $1 and n.channel_id = c.id), 0) as mentioned_number
  from unnest($2::text[], $3::uuid[], $4::timestamptz[]) as mine(kind, context_id, since)
  join channels c on c.context_kind = mine.kind and c.context_id = mine.context_id
  left join reads r on r.channel_id = c.id and r.account_id = $1`

interface MineFacts extends ChannelFacts {
  at: Date
  muted_until: Date | null
  read_number: number
  mentioned_number: number
}

const keysOf = (places: readonly MyPlace[]) => [
  places.map(one => one.kind),
  places.map(one => one.contextId),
  places.map(one => one.since),
]

interface EntryFacts extends MineFacts {
  latest_number: number | null
  author_id: AccountId
  author_name: string
  text: string | null
  sent_at: Date
}

// The posts of a forum stand in their topics, and may be without a name: its line is not shown here.
const entriesSql = `
  with mine as (${mineSql}), page as (
    select * from mine
    where (not $5::boolean or last_number > read_number) and ($6::timestamptz is null or (at, id) < ($6, $7::uuid))
    order by at desc, id desc limit $8
  )
  select page.*, m.number as latest_number, m.author_id, a.name as author_name,
    left(coalesce(m.title, ${lineSql('m')}), ${quoteLength}) as text, m.sent_at
  from page
  left join messages m on m.channel_id = page.id and m.number = page.last_number and page.form <> 'forum'
  left join accounts a on a.id = m.author_id
  order by page.at desc, page.id desc`

async function entriesOf(
  ctx: Ctx,
  places: readonly MyPlace[],
  page: { show: 'all' | 'unread'; from: readonly [string, string] | undefined; limit: number },
): Promise<{ entry: ChannelEntry; at: string }[]> {
  const rows = await ctx.sql<EntryFacts>(entriesSql, [
    accountOf(ctx.who),
    ...keysOf(places),
    page.show === 'unread',
    page.from?.[0] ?? null,
    page.from?.[1] ?? null,
    page.limit,
  ])
  const people = await peopleOfDirect(
    ctx,
    rows.filter(row => row.form === 'direct').map(row => row.id),
  )
  const found = new Map(places.map(one => [`${one.kind}/${one.contextId}`, one]))
  return rows.map(row => {
    const place = found.get(`${row.context_kind}/${row.context_id}`)
    const rights = inForm(place?.rights ?? noRights, row.form)
    const entry: ChannelEntry = {
      channel: channelOf(row, people.get(row.id) ?? []),
      courseId: place?.courseId ?? null,
      place: row.form === 'direct' ? null : { kind: row.context_kind, id: row.context_id, title: place?.title ?? '' },
      mayWrite: whyNot(rights, row, 'write') === undefined,
      mayModerate: rights.moderate,
      readNumber: row.read_number,
      unread: Math.max(0, row.last_number - row.read_number),
      mentioned: row.mentioned_number > row.read_number,
      mutedUntil: mutedOf(ctx.now, row.muted_until),
      latest:
        row.latest_number === null
          ? null
          : {
              number: row.latest_number,
              authorId: row.author_id,
              authorName: row.author_name,
              text: row.text,
              sentAt: new Date(row.sent_at).toISOString(),
            },
    }
    return { entry, at: new Date(row.at).toISOString() }
  })
}

/** A mute that has passed is none. */
const mutedOf = (now: Date, until: Date | null): string | null =>
  until && new Date(until) > now ? new Date(until).toISOString() : null

function readPlace(after: string | undefined): readonly [string, string] | undefined {
  const read = readKeyset(after)
  if (read && !z.safeParse(instant, read[0]).success)
    throw new Problem('malformed', { errors: [{ path: 'after', code: 'invalid_format' }] })
  return read
}

/** The place of a course as whoever asks finds it, enrolled or not; throws `not-found`. */
async function placeOf(ctx: Ctx, kind: string, contextId: string): Promise<MyPlace> {
  const [rights = noRights] = await contextOf(kind).rights(ctx, [{ contextId, accountId: accountOf(ctx.who) }])
  demand(rights.read, 'not-found')
  return { kind, contextId, rights, since: new Date(0), ...(await contextOf(kind).about(ctx, contextId)) }
}

/** The channels of whoever asks, latest first, or of one course. Throws `not-found` for its course, `malformed`. */
export async function listChannels(
  ctx: Ctx,
  { courseId, show, after, limit }: Input<typeof inboxRoutes.list>,
): Promise<Page<ChannelEntry>> {
  const from = readPlace(after)
  const mine = await contextsOf(ctx, accountOf(ctx.who))
  const ofCourse = mine.filter(one => one.kind === 'course' && one.contextId === courseId)
  const places =
    courseId === undefined ? mine : ofCourse.length > 0 ? ofCourse : [await placeOf(ctx, 'course', courseId)]
  const found = await entriesOf(ctx, places, { show, from, limit: limit + 1 })
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(one => one.entry),
    ...(found.length > limit && last ? { next: writeKeyset(last.at, last.entry.channel.id) } : {}),
  }
}

/** One channel as whoever asks finds it. Throws `not-found` for those who may not read it, `concluded` in a write. */
export async function getEntry(ctx: Ctx, id: ChannelId): Promise<ChannelEntry> {
  const channel = await getChannel(ctx, id)
  const { context_kind: kind, context_id: contextId } = channel
  await demandRead(ctx, channel)
  const me = accountOf(ctx.who)
  const own = (await contextOf(kind).mine(ctx, me)).find(one => one.contextId === contextId)
  const place = own ? { ...own, kind } : await placeOf(ctx, kind, contextId)
  const found = await entriesOf(ctx, [place], { show: 'all', from: undefined, limit: 50 })
  const entry = found.find(one => one.entry.channel.id === id)?.entry
  if (!entry) throw new Problem('not-found')
  return entry
}

/** Where every channel of a person stands. */
export async function headsOf(ctx: Ctx, accountId: AccountId): Promise<ChannelHead[]> {
  const places = await contextsOf(ctx, accountId)
  const courses = new Map(places.map(one => [`${one.kind}/${one.contextId}`, one.courseId]))
  const rows = await ctx.sql<MineFacts>(mineSql, [accountId, ...keysOf(places)])
  return rows.map(row => ({
    channelId: row.id,
    form: row.form,
    place: row.context_kind,
    courseId: courses.get(`${row.context_kind}/${row.context_id}`) ?? null,
    lastNumber: row.last_number,
    readNumber: row.read_number,
    mentionedNumber: row.mentioned_number,
  }))
}

/** The state of a person's own scope of talk. */
export async function inboxState(ctx: Ctx, accountId: string): Promise<StateOf<typeof inboxScope>> {
  const rows = await ctx.sql<{ channel_id: string; number: number; muted_until: Date | null }>(
    'select channel_id, number, muted_until from reads where account_id = $1 order by channel_id',
    [accountId],
  )
  return {
    reads: Object.fromEntries(
      rows.map(row => [
        row.channel_id,
        { number: row.number, mutedUntil: row.muted_until && new Date(row.muted_until).toISOString() },
      ]),
    ),
  }
}

/** How far whoever asks has read. Throws `not-found`, and what `demandRead` throws. */
export async function unreadOf(
  ctx: Ctx,
  id: ChannelId,
): Promise<{ lastNumber: number; readNumber: number; unread: number }> {
  const channel = await getChannel(ctx, id)
  await demandRead(ctx, channel)
  const [row] = await ctx.sql<{ number: number }>(
    'select number from reads where channel_id = $1 and account_id = $2',
    [id, accountOf(ctx.who)],
  )
  const readNumber = row?.number ?? 0
  return { lastNumber: channel.last_number, readNumber, unread: Math.max(0, channel.last_number - readNumber) }
}
