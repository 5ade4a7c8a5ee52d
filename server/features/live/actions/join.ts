// Taking a seat: by code as anyone, or by run from inside the course. Wrong codes are counted, right ones never, since
// a whole school joins from one address.
import type { Input } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { liveRoutes, RunId } from '#protocol/live.ts'
import { createGuests, demandRoomForGuest, guessingCode } from '#server/features/accounts/index.ts'
import { accountOf, type Ctx, type WriteCtx } from '#server/platform/ctx.ts'
import type { StormItem } from '#server/platform/feature.ts'
import { endedLately, findByCode, getRun, openAmong, type RunFacts } from '../queries/runs.ts'
import { type StandingAt, standings } from '../queries/standing.ts'
import { mayWatch, type SeatRole, seatFor } from '../rules.ts'

/** The open class behind a code. Throws `code-unknown`, `class-over` for one of today's, and `slow-down` after too many wrong ones. */
export const runByCode = (ctx: Ctx, code: string): Promise<RunFacts> =>
  guessingCode(ctx, async () => {
    const run = await findByCode(ctx, code)
    if (run) return run
    throw new Problem((await endedLately(ctx, code)) ? 'class-over' : 'code-unknown')
  })

export type JoinInput = Input<typeof liveRoutes.join>

/** A class that is meant, and how it was found. */
export interface Joining {
  readonly runId: RunId
  readonly by: 'code' | 'run'
  /** How somebody without an account wants to be called. */
  readonly name?: string | undefined
}

/** The class that is meant, looked up before any transaction. */
async function meant(ctx: Ctx, { code, runId }: JoinInput): Promise<RunFacts> {
  if ([code, runId].filter(one => one !== undefined).length !== 1)
    throw new Problem('malformed', { errors: [{ path: 'code', code: 'one_of_two' }] })
  return code === undefined ? getRun(ctx, runId ?? '') : runByCode(ctx, code)
}

/**
 * What may make somebody wait, before they are let in with others: looking up a code, and room for one more guest.
 * Throws `class-over`, `code-unknown`, `slow-down`, `not-found`, `not-signed-in`, or `malformed` when the name is
 * missing.
 */
export async function readyToJoin(ctx: Ctx, input: JoinInput): Promise<Joining> {
  const { id: runId } = await meant(ctx, input)
  const by = input.code === undefined ? 'run' : 'code'
  const { name } = input
  if (ctx.who.kind === 'account') return { runId, by }
  if (by === 'run') throw new Problem('not-signed-in')
  if (name === undefined) throw new Problem('malformed', { errors: [{ path: 'name', code: 'too_small' }] })
  await demandRoomForGuest(ctx)
  return { runId, by, name }
}

type Item = StormItem<Joining>

/** The way into a class, for somebody who takes no seat in it. */
interface Passage {
  readonly runId: RunId
  readonly role: SeatRole
}

interface Seat extends Passage {
  readonly accountId: AccountId
  readonly at: Date
}

async function sit(ctx: WriteCtx, asked: readonly Seat[]): Promise<void> {
  if (asked.length === 0) return
  // Two tabs of one person come as two: one statement writes a row once.
  const taken = [...new Map(asked.map(one => [`${one.runId}/${one.accountId}`, one])).values()]
  await ctx.sql(
    `insert into seats (run_id, account_id, role, joined_at)
     select run_id, account_id, role, at
       from unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[]) as s(run_id, account_id, role, at)
     order by run_id, account_id
     on conflict (run_id, account_id) do update set role = excluded.role where seats.role <> excluded.role`,
    [
      taken.map(one => one.runId),
      taken.map(one => one.accountId),
      taken.map(one => one.role),
      taken.map(one => one.at),
    ],
  )
}

async function joinAsGuests(ctx: WriteCtx, items: readonly Item[]): Promise<(Seat | Problem)[]> {
  if (items.length === 0) return []
  const open = await openAmong(ctx, [...new Set(items.map(item => item.input.runId))])
  const allowed = items.filter(item => open.has(item.input.runId))
  const made = await createGuests(
    ctx,
    allowed.map(({ ctx: from, operationId, input }) => ({ name: input.name ?? '', operationId, from })),
  )
  return items.map(item => {
    const accountId = made[allowed.indexOf(item)] ?? new Problem('class-over')
    return accountId instanceof Problem
      ? accountId
      : { runId: item.input.runId, accountId, role: 'guest', at: item.ctx.now }
  })
}

/** A member's seat, or what lets them through to a class that is over without one. Throws why not. */
function letIn({ ctx: { who, now: at }, input: { runId, by } }: Item, found: StandingAt | undefined): Seat | Passage {
  // The class went, with its course, while they were on their way.
  if (!found) throw new Problem(by === 'run' ? 'not-found' : 'class-over')
  const standing = found
  const role = seatFor(standing, by)
  // Nobody sits down any more, but whoever may read what the class left is let through to it.
  if (standing.phase === 'open') return { runId, accountId: accountOf(who), role, at }
  if (!mayWatch(standing, 'ended')) throw new Problem('class-over')
  return { runId, role }
}

async function joinAsMembers(ctx: WriteCtx, items: readonly Item[]): Promise<(Seat | Passage | Problem)[]> {
  if (items.length === 0) return []
  const found = await standings(
    ctx,
    items.map(({ ctx: { who }, input: { runId } }) => ({ runId, accountId: accountOf(who) })),
  )
  return items.map((item, index) => {
    try {
      return letIn(item, found[index])
    } catch (error) {
      if (error instanceof Problem) return error
      throw error
    }
  })
}

/**
 * Lets people in, those who have an account and those who become guests, which sets their cookies. A class that comes
 * in together is written together. Answers each in order, or a Problem: `not-found`, `not-allowed`, `not-published`,
 * `concluded`, `put-out`, `taken-out`, `class-over`, `operation-reused`.
 */
export async function joinAll(ctx: WriteCtx, items: readonly Item[]): Promise<(Passage | Problem)[]> {
  const [members, strangers] = [
    items.filter(item => item.ctx.who.kind === 'account'),
    items.filter(item => item.ctx.who.kind === 'nobody'),
  ]
  const told: (Seat | Passage | Problem)[] = [
    ...(await joinAsMembers(ctx, members)),
    ...(await joinAsGuests(ctx, strangers)),
  ]
  await sit(
    ctx,
    told.flatMap(one => ('accountId' in one ? [one] : [])),
  )
  const answers = new Map([...members, ...strangers].map((item, index) => [item, told[index]]))
  return items.map(item => {
    const answer = answers.get(item)
    if (!answer) throw new Error('Nobody decided about somebody who joins')
    return answer instanceof Problem ? answer : { runId: answer.runId, role: answer.role }
  })
}
