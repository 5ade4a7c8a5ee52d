// The convergence check: whoever had the state before an action and heard the feed has what a newcomer reads after it.
// Every announcing action's test ends with it, once for each audience the action wrote to.
import assert from 'node:assert/strict'
import { address, type ScopeSpec, type StateOf } from '#protocol/base/scope.ts'
import { identify } from '#server/features/accounts/index.ts'
import { features } from '#server/features.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { readTogether } from '#server/platform/db/transact.ts'
import { readHeads } from '#server/platform/events/log.ts'
import { testCtx } from './factories.ts'
import type { TestClient } from './test-client.ts'
import { waitFor } from './wait-for.ts'

/** The state read straight from the database as this client would be given it, with its number: nothing shared. Throws what refuses it. */
export async function freshState<P extends ScopeSpec>(client: TestClient, scope: P, id: string) {
  const binding = features.flatMap(feature => feature.scopes ?? []).find(one => one.spec.name === scope.name)
  if (!binding) throw new Error(`No feature binds the scope ${scope.name}`)
  const ctx = testCtx({ who: await identify(client.cookie().replace(/^lectern=/, '') || undefined) })
  await binding.admit(ctx, id)
  return readTogether(ctx, async inside => {
    const head = (await readHeads(sql, [address(scope, id)])).get(address(scope, id)) ?? 0
    // Through JSON, as over the wire: undefined members are gone.
    return { head, state: JSON.parse(JSON.stringify(await binding.snapshot(inside, id))) as StateOf<P> }
  })
}

/**
 * Subscribes `client`, lets `act` happen (anywhere, by anybody), waits for the feed to arrive, and compares the folded
 * old snapshot with a fresh one. `act` must announce to the scope at least once. Answers the state both agree on.
 */
export async function assertConverges<P extends ScopeSpec>(
  client: TestClient,
  scope: P,
  id: string,
  act: () => Promise<unknown>,
): Promise<StateOf<P>> {
  const listening = await client.subscribe(scope, id)
  const before = listening.head()
  await act()
  const fresh = await freshState(client, scope, id)
  assert.ok(fresh.head > before, `Nothing was announced to ${address(scope, id)}`)
  await waitFor(() => listening.head() >= fresh.head, `number ${fresh.head} in ${address(scope, id)}`)
  // What a job does of it may still come: compare at one and the same number.
  const again = await waitFor(
    async () => {
      const now = listening.head() === fresh.head ? fresh : await freshState(client, scope, id)
      return listening.head() === now.head && now
    },
    `${address(scope, id)} to come to rest`,
  )
  assert.deepEqual(listening.state(), again.state, `${address(scope, id)}: the fold and a fresh snapshot differ`)
  return again.state
}
