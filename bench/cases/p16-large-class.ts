// P16: a class of 2,000 on one node: how long until all are in, by code and with their three subscriptions, and how long
// an answer takes when all 2,000 give one at once. Against a bare Socket.IO server that lets everybody in and keeps nothing.

import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { activityCalls } from '#protocol/activities.ts'
import { openClassroom, startLectern } from '../classroom.ts'
import { comeIn, comeInBare } from '../large-class.ts'
import { type BenchCase, compare, plainRow, quantile, ratioRow } from '../measure.ts'
import { startServer } from '../server-process.ts'
import { bringStore } from '../services.ts'

const people = 2_000
const questions = 3
const inGoal = 10
const answerGoal = 1_000
const options = ['a', 'b', 'c', 'd']

/** p99 of the milliseconds each of `give` takes, all begun at once. */
async function together(give: (index: number) => Promise<unknown>): Promise<number> {
  const took = await Promise.all(
    Array.from({ length: people }, async (_, index) => {
      const began = performance.now()
      await give(index)
      return performance.now() - began
    }),
  )
  return quantile(took, 0.99)
}

export const p16: BenchCase = {
  id: 'P16',
  what: `a class of ${people} on one node`,
  async run(report) {
    // Nothing is pinned: what a pinned process starts is pinned with it, the database and the node as well.
    const worst = { seconds: 0, p99: 0 }
    let wrong = 0
    const ours = async () => {
      const store = await bringStore('bench')
      const node = await startLectern({ databaseUrl: store.url }, 'any')
      try {
        const classroom = await openClassroom(node, store.url)
        const began = performance.now()
        const learners = await comeIn(node, classroom, people)
        const seconds = (performance.now() - began) / 1000
        const each: number[] = []
        for (let question = 0; question < questions; question++) {
          const { deliveryId, itemId } = await classroom.ask(`Question ${question + 1}`)
          await pause(1_000)
          const p99 = await together(async index => {
            const move = { optionIds: [options[index % options.length] ?? ''] }
            return learners[index]?.call(activityCalls.answer, { deliveryId, itemId, move } as never)
          })
          each.push(p99)
          const [kept] = await store.query<{ many: string }>(
            'select count(*) as many from responses where delivery_id = $1',
            [deliveryId],
          )
          if (Number(kept?.many) !== people) wrong++
        }
        for (const { socket } of learners) socket.disconnect()
        classroom.host.close()
        const p99 = quantile(each, 0.5)
        worst.seconds = Math.max(worst.seconds, seconds)
        worst.p99 = Math.max(worst.p99, ...each)
        report(
          `ours: all in after ${seconds.toFixed(1)} s, an answer's p99 ${each.map(ms => ms.toFixed(0)).join(', ')} ms`,
        )
        return { seconds, p99 }
      } finally {
        await node.kill()
        await store.stop()
      }
    }
    const bare = async () => {
      const run = ['--import', 'tsx', 'bench/bare/class.ts']
      const server = await startServer(run, { PORT: '0' }, /ready: (\S+)/, { core: 'any' })
      try {
        const began = performance.now()
        const sockets = await comeInBare(server.said[1] ?? '', people)
        const seconds = (performance.now() - began) / 1000
        const each: number[] = []
        for (let question = 0; question < questions; question++) {
          await pause(1_000)
          each.push(
            await together(async index => {
              const move = { optionIds: [options[index % options.length]] }
              return sockets[index]?.emitWithAck('answer', { operation: randomUUID(), itemId: randomUUID(), move })
            }),
          )
        }
        for (const socket of sockets) socket.disconnect()
        report(
          `bare: all in after ${seconds.toFixed(1)} s, an answer's p99 ${each.map(ms => ms.toFixed(0)).join(', ')} ms`,
        )
        return { seconds, p99: quantile(each, 0.5) }
      } finally {
        await server.kill()
      }
    }
    const { bare: compared } = await compare(1, ['seconds', 'p99'], ours, { bare })
    const row = (what: string, unit: string) => ({ id: 'P16', what, unit })
    return [
      ratioRow(row('all in, against connecting to bare Socket.IO', 's'), compared.seconds, { atMost: 2 }),
      ratioRow(row('p99 of 2,000 answers at once, against bare acknowledgements', 'ms'), compared.p99, { atMost: 2 }),
      plainRow({ ...row('all in, the slowest', 's'), goal: `<= ${inGoal} s` }, worst.seconds, worst.seconds <= inGoal),
      plainRow(
        { ...row('p99 of answers, the worst', 'ms'), goal: `<= ${answerGoal}` },
        worst.p99,
        worst.p99 <= answerGoal,
      ),
      plainRow({ ...row('questions with an answer lost or doubled', ''), goal: '0' }, wrong, wrong === 0),
    ]
  },
}
