// Many audiences watched at once over whatever happens: after each act, and once its jobs have run, whoever had the state and
// heard the feed must have what a newcomer reads. What differs is gathered, so that one run names every act that is silent.
import assert from 'node:assert/strict'
import { address, type ScopeSpec } from '#protocol/base/scope.ts'
import { features } from '#server/features.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { freshState } from './converge.ts'
import type { Listening, TestClient } from './test-client.ts'
import { waitFor } from './wait-for.ts'

interface Watched {
  readonly at: string
  readonly listening: Listening<ScopeSpec>
  readonly fresh: () => Promise<{ head: number; state: unknown }>
  readonly again: () => Promise<Watched>
}

async function watch<P extends ScopeSpec>(client: TestClient, scope: P, id: string): Promise<Watched> {
  return {
    at: address(scope, id),
    listening: (await client.subscribe(scope, id)) as unknown as Listening<ScopeSpec>,
    fresh: () => freshState(client, scope, id),
    again: () => watch(client, scope, id),
  }
}

const waiting = `select from pgboss.job where state in ('created', 'retry', 'active') and start_after <= now()
  union all
  select from scope_heads h left join handled d on d.scope = h.scope
   where h.seq > coalesce(d.seq, 0) and split_part(h.scope, ':', 1) = any($1::text[])`
/** The scopes that listeners hear. */
const heard = features.flatMap(({ listeners = [] }) => listeners.map(one => one.scope.name))

/** Waits until all that was announced is handed on to listeners, no job is due any more, and none runs. */
export const jobsAtRest = (): Promise<unknown> =>
  waitFor(async () => (await sql(waiting, [heard])).length === 0, 'the jobs to come to rest')

/** How long a feed may take to arrive, in milliseconds. */
const arrivesWithin = 10_000

export class Watching {
  #all: Watched[] = []
  /** What differed, and after which act. */
  readonly silent: string[] = []
  /** Every kind that came, as `<scope>.<kind>`. */
  readonly heard = new Set<string>()

  /** Watches one more audience from now on. */
  async add<P extends ScopeSpec>(client: TestClient, scope: P, id: string): Promise<void> {
    this.#all.push(await watch(client, scope, id))
  }

  /** Lets `act` happen, and its jobs, and compares every audience. Answers what `act` did. */
  async after<T>(name: string, act: () => Promise<T>): Promise<T> {
    const done = await act()
    await jobsAtRest()
    this.#all = await Promise.all(this.#all.map(one => this.#compare(name, one)))
    return done
  }

  /** The number of what was told last in an audience. */
  head(at: string): number {
    return this.#all.find(one => one.at === at)?.listening.head() ?? 0
  }

  /** Watches none of them any more. */
  async leave(): Promise<void> {
    for (const one of this.#all.splice(0)) await one.listening.leave()
  }

  /** Nobody who watched had anything else than a newcomer. */
  assertAllTold(): void {
    assert.deepEqual(this.silent, [])
  }

  async #compare(name: string, one: Watched): Promise<Watched> {
    const { listening, at } = one
    const same = async () => {
      const last = await one.fresh()
      assert.equal(listening.head(), last.head)
      assert.deepEqual(listening.state(), last.state)
      return true
    }
    const told = await waitFor(same, `${at} to be told`, arrivesWithin).catch((error: Error) => error)
    for (const { kind } of listening.events) this.heard.add(`${at.split(':')[0]}.${kind}`)
    if (told === true) return one
    this.silent.push(
      `${name}: ${at} ${String((told.cause as Error | undefined)?.message ?? told)
        .replace(/\s+/g, ' ')
        .slice(60, 420)}`,
    )
    return one.again()
  }
}
