// P3: messages a second into one channel, from the socket to committed, numbered, acknowledged and heard. Against a bare
// Socket.IO server with one transaction a message, and the same that gathers: the limit of SQL. Ten people hear it, so
// that writing is measured and not delivery; every message must be there once, and be heard in the order of its number.

import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Socket } from 'socket.io-client'
import { realtimeCalls } from '#protocol/base/realtime.ts'
import { address } from '#protocol/base/scope.ts'
import { type FeedFrame, wireEvents } from '#protocol/base/wire.ts'
import { channelCalls, channelScope } from '#protocol/channels.ts'
import { openClassroom, startLectern } from '../classroom.ts'
import { joinByCode, learnerOn, many, openSocket } from '../learner.ts'
import { type BenchCase, compare, ratioRow } from '../measure.ts'
import { pinLoad, startServer, watchCpu } from '../server-process.ts'
import { bringStore } from '../services.ts'

const people = 1_000
const hearing = 10
/** What one person may say at once is limited: the rest is made up by their number. */
const each = 3
const transactions = 800
const bytes = 250
const rounds = 3
const refillMs = 3_200

/** Waits until all have heard so many texts, and compares what they heard. */
async function heardAlike(heard: readonly string[][], count: number): Promise<void> {
  const end = performance.now() + 20_000
  while (heard.some(texts => texts.length < count) && performance.now() < end) await pause(2)
  const first = heard[0]?.join('\n')
  if (heard.some(texts => texts.length !== count || texts.join('\n') !== first) || new Set(heard[0]).size !== count)
    throw new Error(`Heard ${heard.map(texts => texts.length).join(', ')} of ${count}, or in another order`)
}

export const p3: BenchCase = {
  id: 'P3',
  what: 'durable ordered messages a second in one room',
  async run(report) {
    pinLoad()
    const store = await bringStore('bench')
    report(store.about)
    const ends: (() => Promise<void>)[] = [store.stop]
    try {
      const ours = await startLectern({ databaseUrl: store.url })
      ends.push(ours.kill)
      const env = { PORT: '0', DATABASE_URL: store.url }
      const bare = await startServer(['--import', 'tsx', 'bench/bare/messages.ts'], env, /ready: (\S+)/)
      ends.push(bare.kill)
      const bareUrl = bare.said[1] ?? ''
      const { code, run } = await openClassroom(ours, store.url)
      const { channelId } = run
      const scope = address(channelScope, channelId)
      const cookies = await many(people, 16, index => joinByCode(ours.url, code, `Guest ${index + 1}`))
      const learners = await many(people, 16, async index => learnerOn(await openSocket(ours.url, cookies[index])))
      for (const one of learners.slice(0, hearing)) await one.call(realtimeCalls.subscribe, { scope })
      const sockets = await many(people, 32, () => openSocket(bareUrl))
      for (const socket of sockets.slice(0, hearing)) await socket.emitWithAck('hear')
      report(`${people} people, ${hearing} of whom hear`)

      const listen = (all: readonly Socket[], event: string, read: (body: unknown) => string[]) =>
        all.slice(0, hearing).map(socket => {
          const texts: string[] = []
          socket.off(event)
          socket.on(event, (body: unknown) => texts.push(...read(body)))
          return texts
        })
      const ofFrames = (body: unknown) =>
        (JSON.parse(body as string) as FeedFrame[])
          .filter(frame => frame.s === scope && frame.k === 'messageSent')
          .map(frame => (frame.b as { message: { text: string } }).message.text)
      const ofBare = (body: unknown) => (body as { text: string }[]).map(one => one.text)

      async function measured(pid: number, heard: readonly string[][], count: number, say: (at: number) => unknown) {
        const cpu = watchCpu([pid, ...(await store.backends())])
        const began = performance.now()
        await Promise.all(Array.from({ length: count }, async (_, index) => say(index)))
        const perSecond = (count / (performance.now() - began)) * 1_000
        await heardAlike(heard, count)
        return { perSecond, cpu: (cpu() * 1e6) / count }
      }
      const text = () => `message ${randomUUID()} `.padEnd(bytes, '.')
      const lectern = async () => {
        await pause(refillMs)
        const heard = listen(
          learners.map(one => one.socket),
          wireEvents.feed,
          ofFrames,
        )
        return measured(ours.child.pid ?? 0, heard, people * each, index =>
          learners[index % people]?.call(channelCalls.send, { channelId, text: text() } as never),
        )
      }
      const over = (event: 'one' | 'grouped', count: number) => () =>
        measured(bare.child.pid ?? 0, listen(sockets, 'said', ofBare), count, index =>
          sockets[index % people]?.emitWithAck(event, { id: randomUUID(), author: `Guest ${index}`, text: text() }),
        )
      const baselines = { one: over('one', transactions), grouped: over('grouped', people * each) }
      for (const warm of [lectern, ...Object.values(baselines)]) await warm()
      const compared = await compare(rounds, ['perSecond', 'cpu'], lectern, baselines)
      const row = (what: string, unit: string) => ({ id: 'P3', what, unit })
      return [
        ratioRow(row('against one transaction a message', 'messages/s'), compared.one.perSecond, { atLeast: 10 }),
        ratioRow(row('against the batched SQL limit', 'messages/s'), compared.grouped.perSecond, { atLeast: 0.5 }),
        ratioRow(row('CPU with the database, one transaction each', 'us CPU/message'), compared.one.cpu),
        ratioRow(row('CPU with the database, the limit', 'us CPU/message'), compared.grouped.cpu),
      ]
    } finally {
      for (const end of ends.reverse()) await end()
    }
  },
}
