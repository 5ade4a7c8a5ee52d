// Gathers what hundreds of people send within a few milliseconds and commits it as one transaction. Each item gets its
// own answer; a refused one never fails its neighbours, and a group that fails as a whole is tried one by one.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { Ctx, WriteCtx } from '../ctx.ts'
import { hashInput, type Outside, transactPlain } from '../db/transact.ts'
import type { StormHandler, StormItem } from '../feature.ts'

export interface StormLimits {
  /** How long the first item of a group waits for company, in milliseconds. */
  readonly gatherMs: number
  readonly groupSize: number
  /** Above this many waiting items callers are told `busy` with a time to come back. */
  readonly queueLength: number
  /** Groups committed at the same time. */
  readonly width: number
}

export const stormLimits: StormLimits = { gatherMs: 4, groupSize: 200, queueLength: 20_000, width: 2 }

interface Waiting<I, O> {
  item: StormItem<I>
  author: AccountId
  hash: Buffer
  resolve: (value: O) => void
  reject: (reason: unknown) => void
}

const keyOf = (waiting: { author: string; item: { operationId: string } }) =>
  `${waiting.author}/${waiting.item.operationId}`

/** Makes the queue of one storm call. `push` answers after the commit. */
export function createStorm<I, O>(
  name: string,
  handler: StormHandler<I, O>,
  outside: Outside,
  base: () => Ctx,
  limits: StormLimits = stormLimits,
) {
  const queue: Waiting<I, O>[] = []
  const busy = new Set<AccountId>()
  let running = 0
  let timer: NodeJS.Timeout | undefined

  async function commit(group: readonly Waiting<I, O>[]): Promise<Map<Waiting<I, O>, O | Problem>> {
    return transactPlain(base(), outside, async ctx => {
      const answers = new Map<Waiting<I, O>, O | Problem>()
      const fresh = await claimAll(ctx, group, answers)
      const results =
        fresh.length > 0
          ? await handler.storm(
              ctx,
              fresh.map(one => one.item),
            )
          : []
      for (const [index, one] of fresh.entries()) answers.set(one, results[index] ?? new Problem('internal'))
      await remember(ctx, fresh, results)
      return answers
    })
  }

  async function claimAll(
    ctx: WriteCtx,
    group: readonly Waiting<I, O>[],
    answers: Map<Waiting<I, O>, O | Problem>,
  ): Promise<Waiting<I, O>[]> {
    const taken = await ctx.client.query<{ author: string; operation: string }>({
      name: 'storm-claim',
      text: `insert into operations (author, operation, call, input_hash, at)
             select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[], $5::timestamptz[])
             on conflict do nothing returning author, operation`,
      values: [
        group.map(one => one.author),
        group.map(one => one.item.operationId),
        group.map(() => name),
        group.map(one => one.hash),
        group.map(one => one.item.ctx.now),
      ],
    })
    if (taken.rowCount === group.length) return [...group]
    const mine = new Set(taken.rows.map(row => `${row.author}/${row.operation}`))
    const again = group.filter(one => !mine.delete(keyOf(one)))
    const stored = await ctx.client.query<{ author: string; operation: string; input_hash: Buffer; result: O }>(
      `select o.author, o.operation, o.input_hash, o.result from operations o
       join unnest($1::uuid[], $2::uuid[]) as asked(author, operation) using (author, operation) where o.call = $3`,
      [again.map(one => one.author), again.map(one => one.item.operationId), name],
    )
    const byKey = new Map(stored.rows.map(row => [`${row.author}/${row.operation}`, row]))
    for (const one of again) {
      const row = byKey.get(keyOf(one))
      if (!row?.input_hash.equals(one.hash)) answers.set(one, new Problem('operation-reused'))
      // The same operation twice in one group: its twin has no result yet; the sender asks again.
      else answers.set(one, row.result === null ? new Problem('busy', { params: { retryAfter: 1 } }) : row.result)
    }
    return group.filter(one => !answers.has(one))
  }

  async function remember(ctx: WriteCtx, fresh: readonly Waiting<I, O>[], results: readonly (O | Problem)[]) {
    const kept = fresh.filter((_, index) => !(results[index] instanceof Problem) && results[index] !== undefined)
    const refused = fresh.filter(one => !kept.includes(one))
    if (kept.length > 0) {
      const values = new Map(fresh.map((one, index) => [one, results[index]]))
      await ctx.client.query({
        name: 'storm-remember',
        text: `update operations o set result = r.result::json
               from unnest($1::uuid[], $2::uuid[], $3::text[]) as r(author, operation, result)
               where o.author = r.author and o.operation = r.operation`,
        values: [
          kept.map(one => one.author),
          kept.map(one => one.item.operationId),
          kept.map(one => JSON.stringify(values.get(one))),
        ],
      })
    }
    if (refused.length > 0) {
      await ctx.client.query(
        `delete from operations o using unnest($1::uuid[], $2::uuid[]) as r(author, operation)
         where o.author = r.author and o.operation = r.operation`,
        [refused.map(one => one.author), refused.map(one => one.item.operationId)],
      )
    }
  }

  async function run(group: readonly Waiting<I, O>[]): Promise<void> {
    try {
      const answers = await commit(group)
      for (const one of group) {
        const answer = answers.get(one)
        if (answer === undefined || answer instanceof Problem) one.reject(answer ?? new Problem('internal'))
        else one.resolve(answer)
      }
    } catch (error) {
      const [only] = group
      if (group.length === 1 && only) only.reject(error)
      else for (const one of group) await run([one])
    }
  }

  /**
   * The next group, without anybody who has something in a group that is running: what one person sends is committed
   * in the order in which it came, or a changed answer could be overtaken by the one it replaces.
   */
  function takeGroup(): Waiting<I, O>[] {
    const group: Waiting<I, O>[] = []
    const held: Waiting<I, O>[] = []
    let looked = 0
    for (; looked < queue.length && group.length < limits.groupSize; looked++) {
      const one = queue[looked]
      if (one) (busy.has(one.author) ? held : group).push(one)
    }
    queue.splice(0, looked, ...held)
    return group
  }

  function pump(): void {
    timer = undefined
    while (running < limits.width && queue.length > 0) {
      const group = takeGroup()
      if (group.length === 0) return
      const authors = new Set(group.map(one => one.author))
      for (const author of authors) busy.add(author)
      running++
      void run(group).finally(() => {
        running--
        for (const author of authors) busy.delete(author)
        if (queue.length > 0 && !timer) pump()
      })
    }
  }

  return {
    push(item: StormItem<I>, author: AccountId): Promise<O> {
      if (queue.length >= limits.queueLength) return Promise.reject(new Problem('busy', { params: { retryAfter: 2 } }))
      return new Promise<O>((resolve, reject) => {
        queue.push({ item, author, hash: hashInput(item.input), resolve, reject })
        if (queue.length >= limits.groupSize && running < limits.width) pump()
        else timer ??= setTimeout(pump, limits.gatherMs)
      })
    },
    waiting: () => queue.length,
  }
}
