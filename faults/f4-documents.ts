// F4: fifty people write one note on two nodes, lose their connections and change nodes; nodes are killed one after the
// other, and each takes the replicas of some of its people with it.

import { randomBytes, randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import * as Y from 'yjs'
import { readSince } from '#server/platform/docs/loading.ts'
import { Crowd } from '#server/test/crowd.ts'
import { type Node, openClassroom, startLectern } from '../bench/classroom.ts'
import { joinByCode, many } from '../bench/learner.ts'
import { bringStore, type Store } from '../bench/services.ts'
import { bringRedis } from '../scripts/test-services.ts'
import type { FaultCase } from './fault.ts'

const editors = 50
const kills = 4
const calmMs = 3_000

async function storedDocument(store: Store, id: string): Promise<Y.Doc> {
  const [read] = await readSince((text, values) => store.query(text, values), [{ id, since: -1 }])
  const doc = new Y.Doc()
  if (read?.snapshot) Y.applyUpdateV2(doc, read.snapshot.body)
  for (const { body } of read?.updates ?? []) Y.applyUpdate(doc, body)
  return doc
}

export const f4: FaultCase = {
  id: 'F4',
  what: 'kill -9 of nodes while 50 people write one note',
  async run(say) {
    const ends: (() => Promise<unknown>)[] = []
    try {
      const given = process.env.TEST_REDIS_URL
      const redis = given ? { env: { TEST_REDIS_URL: given }, stop: async () => undefined } : await bringRedis()
      ends.push(redis.stop)
      const store = await bringStore('fault')
      ends.push(store.stop)
      const environment = {
        databaseUrl: store.url,
        redisUrl: redis.env.TEST_REDIS_URL ?? '',
        secretKey: randomBytes(32).toString('hex'),
      }
      const nodes: Node[] = [await startLectern(environment, 'any'), await startLectern(environment, 'any')]
      ends.push(() => Promise.all(nodes.map(node => node.kill())))
      const [first] = nodes
      if (!first) throw new Error('no node')
      const { code, run, host } = await openClassroom(first, store.url)
      ends.push(async () => host.close())
      const documentId = run.noteId ?? ''
      const cookies = await many(editors, 8, index => joinByCode(first.url, code, `Editor ${index + 1}`))
      const alive = new Set(nodes.map(node => node.url))
      const seed = randomInt(2 ** 31)
      say(`${editors} editors on ${[...alive].join(' and ')}, seed ${seed}`)
      const crowd = new Crowd({ seed, documentId, cookies, urls: () => [...alive], pauseMs: 300 })
      ends.push(async () => crowd.close())
      await crowd.served()
      crowd.start()
      let slowest = 0
      let replicas = 0
      for (let kill = 0; kill < kills; kill++) {
        await pause(calmMs)
        const place = kill % 2
        const node = nodes[place]
        if (!node) throw new Error('no node')
        alive.delete(node.url)
        const at = performance.now()
        const killed = node.kill()
        // All replicas at one node: what it had not written is gone for good. Half of them at the other: the rest return.
        replicas += crowd.loseReplicasOn(node.url, place === 0 ? 1 : 0.5)
        await killed
        await crowd.served()
        slowest = Math.max(slowest, (performance.now() - at) / 1000)
        const again = await startLectern({ ...environment, port: Number(new URL(node.url).port) }, 'any')
        nodes[place] = again
        alive.add(again.url)
      }
      await pause(calmMs)
      const { lost, differing, kept } = await crowd.settle(() => storedDocument(store, documentId))
      say(`${kills} kills took ${replicas} replicas with them; ${kept} of ${crowd.written} edits are stored`)
      const violations = differing.map(name => `${name} has another document than the stored one`)
      return {
        id: this.id,
        what: this.what,
        injected: `${kills} x SIGKILL, ${replicas} replicas gone with them, drops and moves; seed ${seed}`,
        operations: crowd.written,
        acknowledged: crowd.saved,
        lost: lost.length,
        doubled: 0,
        violations,
        recovery_s: Number(slowest.toFixed(2)),
        met: lost.length === 0 && violations.length === 0,
      }
    } finally {
      for (const end of ends.reverse()) await end().catch((error: unknown) => console.error(error))
    }
  },
}
