// Puts the same question of many people together: while some are being answered, those that come wait for each other.
// The first goes at once, so that quiet times cost nothing by it.
import { AsyncResource } from 'node:async_hooks'
import { Problem } from '#protocol/base/problems.ts'
import { lostDatabase } from '../db/lost.ts'

export interface GroupLimits {
  /** Most questions answered together. */
  readonly most: number
  /** Groups under way at the same time. */
  readonly width: number
  /** Above this many waiting questions callers are told `busy`. */
  readonly waiting?: number
}

export const groupLimits: GroupLimits = { most: 500, width: 2 }

const mostWaiting = 20_000

interface Question<K, V> {
  readonly key: K
  readonly resolve: (value: V) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Makes a single question of one that takes a list and answers each key, in order. What is answered was always read after
 * its question was put. When a group fails, each of its questions is asked by itself, unless the database was lost; `failed` hears
 * why first, for they may all succeed. A question throws `busy` where too many wait.
 */
export function inGroups<K, V>(
  ask: (keys: readonly K[]) => Promise<readonly V[]>,
  limits: GroupLimits = groupLimits,
  failed?: (error: unknown, keys: readonly K[]) => void,
): (key: K) => Promise<V> {
  // Whoever happens to come first must not lend the others what hangs on their call, such as a transaction.
  const apart = new AsyncResource('inGroups')
  let waiting: Question<K, V>[] = []
  let running = 0

  async function answer(group: readonly Question<K, V>[]): Promise<void> {
    try {
      const values = await ask(group.map(({ key }) => key))
      for (const [index, { resolve }] of group.entries()) resolve(values[index] as V)
    } catch (error) {
      const [only] = group
      if (only && group.length === 1) only.reject(error)
      // Without a database each would only wait in turn.
      else if (lostDatabase(error)) for (const one of group) one.reject(error)
      else {
        failed?.(
          error,
          group.map(({ key }) => key),
        )
        for (const one of group) await answer([one])
      }
    }
  }

  function pump(): void {
    while (running < limits.width && waiting.length > 0) {
      const group = waiting.slice(0, limits.most)
      waiting = waiting.slice(limits.most)
      running++
      void answer(group).finally(() => {
        running--
        pump()
      })
    }
  }

  return key => {
    if (waiting.length >= (limits.waiting ?? mostWaiting))
      return Promise.reject(new Problem('busy', { params: { retryAfter: 2 } }))
    return new Promise<V>((resolve, reject) => {
      waiting.push({ key, resolve, reject })
      apart.runInAsyncScope(pump)
    })
  }
}
