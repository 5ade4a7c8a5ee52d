// P6: what a message costs a node that hosts nobody of its room. Two nodes of ours, one with a busy channel, the other with
// people who hear only themselves, against two bare nodes with the classic Redis adapter. What the node uses when nothing is said
// is taken off, measured just before and after.

import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { userScope } from '#protocol/accounts.ts'
import { realtimeCalls } from '#protocol/base/realtime.ts'
import { address } from '#protocol/base/scope.ts'
import { channelCalls } from '#protocol/channels.ts'
import { fillClassroom, type Node, openClassroom, startLectern } from '../classroom.ts'
import { joinByCode, learnerOn, many, openAs, openSocket } from '../learner.ts'
import { type BenchCase, compare, plainRow, ratioRow } from '../measure.ts'
import { pinLoad, type ServerProcess, startServer } from '../server-process.ts'
import { bringSharedRedis, bringStore } from '../services.ts'

const senders = 600
/** What one person may say at once is limited: the rest is made up by their number. */
const each = 5
const elsewhere = 50
const bytes = 250
const rounds = 4
const restMs = 6_000

/** Microseconds of CPU of `quiet` a message, beyond what it uses at rest before and after. */
async function foreign(quiet: ServerProcess, say: (index: number) => Promise<unknown>): Promise<{ cpu: number }> {
  const window = async (run: () => Promise<unknown>) => {
    const [cpu, began] = [quiet.cpu(), performance.now()]
    await run()
    return { cpu: quiet.cpu() - cpu, ms: performance.now() - began }
  }
  const before = await window(() => pause(restMs / 2))
  const busy = await window(async () => {
    await many(senders * each, 200, say)
    await pause(300)
  })
  const after = await window(() => pause(restMs / 2))
  const atRest = ((before.cpu + after.cpu) / (before.ms + after.ms)) * busy.ms
  return { cpu: ((busy.cpu - atRest) * 1e6) / (senders * each) }
}

export const p6: BenchCase = {
  id: 'P6',
  what: 'cost on a node of a room it does not host',
  async run(report) {
    pinLoad()
    const redis = await bringSharedRedis()
    const store = await bringStore('bench')
    const ends: (() => Promise<void>)[] = [redis.stop, store.stop]
    try {
      const environment = { databaseUrl: store.url, redisUrl: redis.url, secretKey: randomUUID().repeat(2) }
      const quiet: Node = await startLectern(environment)
      const busy = await startLectern(environment, 'any')
      ends.push(quiet.kill, busy.kill)
      const classroom = await openClassroom(busy, store.url)
      await fillClassroom(busy, classroom, 10)
      const cookies = await many(senders, 16, index => joinByCode(busy.url, classroom.code, `Guest ${index + 1}`))
      const learners = await many(senders, 16, async index => learnerOn(await openSocket(busy.url, cookies[index])))
      for (const cookie of cookies.slice(0, elsewhere)) {
        const learner = await openAs(quiet.url, cookie)
        await learner.call(realtimeCalls.subscribe, { scope: address(userScope, learner.accountId) })
      }
      report(`${senders} people write on one node, ${elsewhere} hear only themselves on the other`)

      const env = { PORT: '0', REDIS_URL: redis.url, ADAPTER_KEY: randomUUID() }
      const run = ['--import', 'tsx', 'bench/bare/classic-adapter.ts']
      const bareQuiet = await startServer(run, env, /ready: (\S+)/)
      const bareBusy = await startServer(run, env, /ready: (\S+)/, { core: 'any' })
      ends.push(bareQuiet.kill, bareBusy.kill)
      const sockets = await many(20, 16, () => openSocket(bareBusy.said[1] ?? ''))
      for (const socket of sockets.slice(0, 10)) await socket.emitWithAck('hear', 'busy')
      for (const socket of await many(elsewhere, 16, () => openSocket(bareQuiet.said[1] ?? '')))
        await socket.emitWithAck('hear', 'other')

      const text = () => `message ${randomUUID()} `.padEnd(bytes, '.')
      const { channelId } = classroom.run
      const ours = () =>
        foreign(quiet, async index =>
          learners[index % senders]?.call(channelCalls.send, { channelId, text: text() } as never),
        )
      const classic = () =>
        foreign(bareQuiet, async index => sockets[index % sockets.length]?.emitWithAck('say', text()))
      await classic()
      const { classic: compared } = await compare(rounds, ['cpu'], ours, { classic })
      const asked = new Redis(redis.url)
      const channels = (await asked.call('pubsub', 'shardchannels', `*s:channel:${channelId}`)) as string[]
      const listening = (await asked.call('pubsub', 'shardnumsub', ...channels)) as (string | number)[]
      asked.disconnect()
      const nodes = Number(listening[1] ?? Number.NaN)
      const about = { id: 'P6', what: 'a foreign message, against the classic adapter', unit: 'us CPU/message' }
      return [
        // Without a verdict: what a node does by itself, jobs among it, varies by more than this. Redis counts exactly.
        ratioRow(about, compared.cpu),
        plainRow({ id: 'P6', what: 'nodes that Redis hands it to', unit: 'nodes', goal: '1' }, nodes, nodes === 1),
      ]
    } finally {
      for (const end of ends.reverse()) await end()
    }
  },
}
