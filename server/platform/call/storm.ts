// Gathers what hundreds of people send within a few milliseconds and commits it as one transaction. Each item gets its
// own answer; a refused one never fails its neighbours, and a group that fails as a whole is tried one by one.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { Ctx, WriteCtx } from '../ctx.ts'
import { instantArray, jsonArray, wordArray } from '../db/arrays.ts'
import { lostDatabase } from '../db/lost.ts'
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

export const stormLimits: StormLimits = { gatherMs: 4, groupSize: 500, queueLength: 20_000, width: 3 }

interface Waiting<I, O> {
  item: StormItem<I>
  /** Null for who is nobody yet: the action itself knows such an operation again. */
  author: AccountId | null
  hash: string
  resolve: (value: O) => void
  reject: (reason: unknown) => void
}

interface StoredRow<O> {
  author: string
  operation: string
  call: string
  input_hash: string
  result: O
}

const keyOf = (waiting: { author: string | null; item: { operationId: string } }) =>
  // The database writes ids in small letters; a client may not.
  `${waiting.author}/${waiting.item.operationId.toLowerCase()}`

/**
 * Makes the queue of one storm call. `push` answers after the commit; it throws what its handler refuses one item with,
 * `busy` where too many wait, `operation-reused` and `answer-gone` for an operation that stands already.
 */
export function createStorm<I, O>(
  name: string,
  handler: Pick<StormHandler<unknown, O, I>, 'storm'>,
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
      const answers = await answeredBefore(ctx, group)
      const fresh = group.filter(one => !answers.has(one))
      if (fresh.length === 0) return answers
      const results = await handler.storm(
        ctx,
        fresh.map(one => one.item),
      )
      for (const [index, one] of fresh.entries()) {
        const result = results[index]
        if (result === undefined) throw new Error(`${name} left one of its group without a result`)
        answers.set(one, result)
      }
      const accepted = fresh.filter(one => !(answers.get(one) instanceof Problem))
      if (accepted.length < fresh.length) {
        // Another node may have committed the same operation since we asked: the refusal is then only its echo.
        const refused = fresh.filter(one => answers.get(one) instanceof Problem)
        for (const [one, answer] of await answeredBefore(ctx, refused)) answers.set(one, answer)
      }
      await remember(ctx, accepted, answers)
      return answers
    })
  }

  /** What is known of operations that were committed: the stored result, or that the id was used for something else. */
  async function answeredBefore(
    ctx: WriteCtx,
    group: readonly Waiting<I, O>[],
  ): Promise<Map<Waiting<I, O>, O | Problem>> {
    const answers = new Map<Waiting<I, O>, O | Problem>()
    const known = group.filter(one => one.author !== null)
    if (known.length === 0) return answers
    const { rows } = await ctx.client.query<StoredRow<O>>({
      name: 'storm-answered',
      text: `select o.author, o.operation, o.call, encode(o.input_hash, 'hex') as input_hash, o.result from operations o
             join unnest($1::uuid[], $2::uuid[]) as asked(author, operation) using (author, operation)`,
      values: [wordArray(known.map(one => one.author)), wordArray(known.map(one => one.item.operationId))],
    })
    if (rows.length === 0) return answers
    const byKey = new Map(rows.map(row => [`${row.author}/${row.operation}`, row]))
    for (const one of known) {
      const row = byKey.get(keyOf(one))
      if (!row) continue
      const same = row.call === name && row.input_hash === one.hash
      // Every answer is an object: one that is gone named somebody who was erased since.
      const known = row.result === null ? new Problem('answer-gone') : row.result
      answers.set(one, same ? known : new Problem('operation-reused'))
    }
    return answers
  }

  /**
   * Keeps what was accepted, in one order, so that two nodes with the same operations never wait in a ring. Where
   * another node has committed one of them meanwhile, the unique key throws: the whole group is undone and tried again
   * (see transactPlain), and then finds the stored result.
   */
  async function remember(
    ctx: WriteCtx,
    accepted: readonly Waiting<I, O>[],
    answers: ReadonlyMap<Waiting<I, O>, O | Problem>,
  ): Promise<void> {
    const kept = accepted.filter(one => one.author !== null)
    if (kept.length === 0) return
    await ctx.client.query({
      name: 'storm-remember',
      text: `insert into operations (author, operation, call, input_hash, result, at)
             select r.author, r.operation, $3, decode(r.input_hash, 'hex'), r.result, r.at
               from unnest($1::uuid[], $2::uuid[], $4::text[], $5::json[], $6::timestamptz[])
                 as r(author, operation, input_hash, result, at)
              order by r.author, r.operation`,
      values: [
        wordArray(kept.map(one => one.author)),
        wordArray(kept.map(one => one.item.operationId)),
        name,
        wordArray(kept.map(one => one.hash)),
        jsonArray(kept.map(one => answers.get(one))),
        instantArray(kept.map(one => one.item.ctx.now)),
      ],
    })
  }

  async function run(group: readonly Waiting<I, O>[]): Promise<void> {
    try {
      const answers = await commit(group)
      for (const one of group) {
        const answer = answers.get(one)
        if (answer === undefined) one.reject(new Error(`${name} committed one of its group without an answer`))
        else if (answer instanceof Problem) one.reject(answer)
        else one.resolve(answer)
      }
    } catch (error) {
      const [only] = group
      if (group.length === 1 && only) only.reject(error)
      // Without a database each would only wait in turn: all are told at once, and come again.
      else if (lostDatabase(error)) for (const one of group) one.reject(error)
      else {
        // Each may succeed alone: then nobody else would tell of this.
        base().log.error({ err: error, call: name, items: group.length }, 'a group failed and is tried one by one')
        for (const one of group) await run([one])
      }
    }
  }

  /**
   * The next group, without anybody who has something in a group that is running: what one person sends is committed
   * in the order in which it came, or a changed answer could be overtaken by the one it replaces. An operation that is
   * there twice waits for its twin's result.
   */
  function takeGroup(): Waiting<I, O>[] {
    const group: Waiting<I, O>[] = []
    const held: Waiting<I, O>[] = []
    const keys = new Set<string>()
    let looked = 0
    for (; looked < queue.length && group.length < limits.groupSize; looked++) {
      const one = queue[looked]
      if (!one) continue
      const waits = (one.author !== null && busy.has(one.author)) || keys.has(keyOf(one))
      if (!waits) keys.add(keyOf(one))
      const place = waits ? held : group
      place.push(one)
    }
    queue.splice(0, looked, ...held)
    return group
  }

  function pump(): void {
    timer = undefined
    while (running < limits.width && queue.length > 0) {
      const group = takeGroup()
      if (group.length === 0) return
      const authors = new Set(group.flatMap(one => one.author ?? []))
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
    /** `said` is what the caller sent, where the item holds what was made of it. */
    push(item: StormItem<I>, author: AccountId | null, said: unknown = item.input): Promise<O> {
      if (queue.length >= limits.queueLength) return Promise.reject(new Problem('busy', { params: { retryAfter: 2 } }))
      return new Promise<O>((resolve, reject) => {
        queue.push({ item, author, hash: hashInput(said), resolve, reject })
        if (queue.length >= limits.groupSize && running < limits.width) pump()
        else timer ??= setTimeout(pump, limits.gatherMs)
      })
    },
    waiting: () => queue.length,
  }
}
