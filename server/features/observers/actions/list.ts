// Who observes whom as a list: written as CSV, and brought in from one with a few statements whatever its length.
import { dayIn } from '#protocol/base/days.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { longestList } from '#protocol/courses/import.ts'
import type { ObserverRow } from '#protocol/observers/list.ts'
import type { ObservationId, ObserverKind } from '#protocol/observers.ts'
import { inEveryLanguage } from '#protocol/texts/catalogues.ts'
import type { Texts } from '#protocol/texts/en/index.ts'
import { bumpUsers, readersTexts } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { accountOf, type Ctx, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { csvFile, readCsv } from '#server/platform/http/csv.ts'
import { holdPeople, type ListedParty, openLinks, partiesByEmail, someLinks, zoneOf } from '../queries/links.ts'
import { type JudgedLink, judgeLinks, readLink } from '../rules.ts'

const linksAPage = 1_000

const kindText = (kind: ObserverKind) => (texts: Texts) =>
  kind === 'guardian' ? texts.observers.kindGuardian : texts.observers.kindObserver

/** Everybody who observes somebody now, as CSV for the reader: their words, days in their time zone. */
export async function csvOfLinks(ctx: Ctx): Promise<string> {
  const texts = await readersTexts(ctx)
  const { observers: words } = texts
  const zone = await zoneOf(ctx, accountOf(ctx.who))
  const lines: string[][] = [
    [
      words.listLearner,
      words.listLearnerEmail,
      words.listObserver,
      words.listObserverEmail,
      words.kind,
      words.listUntil,
    ],
  ]
  let after: ObservationId | null = null
  do {
    const page: Awaited<ReturnType<typeof someLinks>> = await someLinks(ctx, after, linksAPage)
    for (const { learner, learnerEmail, observer, observerEmail, kind, until } of page)
      lines.push([
        ...[learner, learnerEmail ?? '', observer, observerEmail ?? '', kindText(kind)(texts)],
        until ? dayIn(zone, new Date(until)) : '',
      ])
    after = page.length < linksAPage ? null : (page.at(-1)?.id ?? null)
  } while (after !== null)
  return csvFile(lines)
}

const columns = () => ({
  learner: [...inEveryLanguage(one => one.observers.listLearnerEmail), 'learner email', 'learner e-mail', 'learner'],
  observer: [
    ...inEveryLanguage(one => one.observers.listObserverEmail),
    'observer email',
    'observer e-mail',
    'observer',
  ],
  kind: ['kind', ...inEveryLanguage(one => one.observers.kind)],
  until: ['until', ...inEveryLanguage(one => one.observers.listUntil)],
})

const kinds = (): ReadonlyMap<string, ObserverKind> =>
  new Map(
    (['observer', 'guardian'] as const).flatMap(kind =>
      [kind, ...inEveryLanguage(kindText(kind))].map(word => [word, kind] as const),
    ),
  )

const told = ({ row, learner, observer, outcome, error }: JudgedLink<ListedParty>): ObserverRow => ({
  line: row.line,
  learner: learner?.name ?? row.learnerEmail,
  observer: observer?.name ?? row.observerEmail,
  outcome,
  error,
})

/** Tries or brings in a list; asks no rights. Throws `malformed` for what is no such list, `too-large`. */
export async function bringIn(
  ctx: WriteCtx,
  { list, how }: { readonly list: string; readonly how: 'try' | 'good ones' },
): Promise<{ made: ObservationId[]; rows: ObserverRow[]; unused: string[] }> {
  const by = accountOf(ctx.who)
  const { rows, unused } = readCsv(list, columns(), { needed: ['learner', 'observer'], most: longestList.rows })
  const words = { kinds: kinds(), zone: await zoneOf(ctx, by), now: ctx.now }
  const read = rows.map(row => readLink(row, words))
  const people = await partiesByEmail(
    ctx,
    read.flatMap(one => [one.learnerEmail, one.observerEmail]),
  )
  const ids = people.map(one => one.accountId)
  // One at a time for a learner, in one order, so that the counts and the one link hold.
  if (how !== 'try') await holdPeople(ctx, ids)
  const judged = judgeLinks(read, new Map(people.map(one => [one.email, one])), await openLinks(ctx, ids), ctx.now)
  const answer = { rows: judged.map(told), unused }
  return { ...answer, made: how === 'try' ? [] : await linkAll(ctx, by, judged) }
}

async function linkAll(ctx: WriteCtx, by: AccountId, judged: readonly JudgedLink[]): Promise<ObservationId[]> {
  const links = judged.flatMap(({ row, learner, observer, outcome }) =>
    outcome === 'add' && learner && observer
      ? [{ id: newId<'Observation'>(), learnerId: learner.accountId, observerId: observer.accountId, ...row }]
      : [],
  )
  if (links.length === 0) return []
  const [observerIds, learnerIds] = [links.map(one => one.observerId), links.map(one => one.learnerId)]
  // Whose time was set and is over is linked anew.
  await ctx.sql(
    `update observations o set ended_at = o.until, version = version + 1
       from unnest($1::uuid[], $2::uuid[]) as n(observer_id, learner_id)
      where o.observer_id = n.observer_id and o.learner_id = n.learner_id and o.ended_at is null`,
    [observerIds, learnerIds],
  )
  await ctx.sql(
    `insert into observations (id, observer_id, learner_id, kind, until, made_by, at, version)
     select id, observer_id, learner_id, kind, until, $6, $7, 0
       from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[])
         as n(id, observer_id, learner_id, kind, until)`,
    [
      ...[links.map(one => one.id), observerIds, learnerIds],
      ...[links.map(one => one.kind), links.map(one => one.until), by, ctx.now],
    ],
  )
  await audit.recordAll(
    ctx,
    links.map(({ learnerId, observerId, kind, until }) => ({
      verb: 'observers.linked',
      subject: { kind: 'account', id: learnerId },
      details: { observer: observerId, kind, until: until?.toISOString() },
    })),
  )
  await bumpUsers(ctx, [...new Set([...observerIds, ...learnerIds])], 'observed')
  return links.map(one => one.id)
}

/** Ends these as far as they hold; answers how many. Asks no rights. */
export async function endMany(ctx: WriteCtx, ids: readonly ObservationId[]): Promise<number> {
  const ended = await ctx.sql<{ observerId: AccountId; learnerId: AccountId }>(
    `update observations o set ended_at = $2, ended_by = $3, version = version + 1
       from (select id from observations where id = any($1::uuid[]) order by id for update) held
      where o.id = held.id and o.ended_at is null and (o.until is null or o.until > $2)
      returning o.observer_id as "observerId", o.learner_id as "learnerId"`,
    [[...ids], ctx.now, accountOf(ctx.who)],
  )
  await audit.recordAll(
    ctx,
    ended.map(({ observerId, learnerId }) => ({
      verb: 'observers.ended',
      subject: { kind: 'account', id: learnerId },
      details: { observer: observerId },
    })),
  )
  if (ended.length > 0)
    await bumpUsers(ctx, [...new Set(ended.flatMap(one => [one.observerId, one.learnerId]))], 'observed')
  return ended.length
}
