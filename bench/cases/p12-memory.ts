// P12: what one more learner costs in memory: the slope from 500 to 2,000 people of one class, after collection.
import { setTimeout as pause } from 'node:timers/promises'
import { openClassroom, startLectern } from '../classroom.ts'
import { comeIn, comeInBare } from '../large-class.ts'
import { type BenchCase, type Comparison, ratioRow } from '../measure.ts'
import { type Held, heldAfterCollection, inspected } from '../memory.ts'
import { pinLoad, type ServerProcess, startServer } from '../server-process.ts'
import { bringStore } from '../services.ts'

const few = 500
const all = 2_000
const restMs = 3_000

/** Kilobytes a learner. */
async function slope(server: ServerProcess, come: (count: number) => Promise<() => void>): Promise<Held> {
  const leave = [await come(few)]
  // States kept for newcomers of the moment go with the moment.
  await pause(restMs)
  const before = await heldAfterCollection(server)
  leave.push(await come(all - few))
  await pause(restMs)
  const after = await heldAfterCollection(server)
  for (const run of leave) run()
  const each = (key: keyof Held) => (after[key] - before[key]) / (all - few) / 1024
  return { live: each('live'), resident: each('resident') }
}

export const p12: BenchCase = {
  id: 'P12',
  what: 'memory a connected learner, from 500 to 2,000',
  async run(report) {
    pinLoad()
    const store = await bringStore('bench')
    const ends: (() => Promise<void>)[] = [store.stop]
    try {
      const bares: Held[] = []
      const bare = async () => {
        const server = await startServer(
          [...inspected, '--import', 'tsx', 'bench/bare/class.ts'],
          { PORT: '0' },
          /ready: (\S+)/,
        )
        ends.push(server.kill)
        const held = await slope(server, async count => {
          const sockets = await comeInBare(server.said[1] ?? '', count)
          return () => {
            for (const socket of sockets) socket.disconnect()
          }
        })
        await server.kill()
        bares.push(held)
      }
      await bare()
      const node = await startLectern({ databaseUrl: store.url, node: inspected })
      ends.push(node.kill)
      const classroom = await openClassroom(node, store.url)
      const ours = await slope(node, async count => {
        const learners = await comeIn(node, classroom, count)
        return () => {
          for (const { socket } of learners) socket.disconnect()
        }
      })
      classroom.host.close()
      await node.kill()
      await bare()
      const against = (key: keyof Held): Comparison => {
        const [first, second] = [bares[0]?.[key] ?? Number.NaN, bares[1]?.[key] ?? Number.NaN]
        const baseline = (first + second) / 2
        const ratios = [ours[key] / first, ours[key] / second]
        const aa = Math.max(first, second) / Math.min(first, second)
        const ratio = ours[key] / baseline
        return { ours: ours[key], baseline, ratio, min: Math.min(...ratios), max: Math.max(...ratios), aa }
      }
      report(
        `resident: ours ${ours.resident.toFixed(1)} kB, bare ${bares.map(one => one.resident.toFixed(1)).join(', ')} kB`,
      )
      const row = (what: string) => ({ id: 'P12', what, unit: 'kB/learner' })
      return [
        ratioRow(row('objects and buffers, against bare Socket.IO with three rooms'), against('live'), {
          atMost: 1.25,
        }),
        ratioRow(row('the same as the system sees it, free pages included'), against('resident')),
      ]
    } finally {
      for (const end of ends.reverse()) await end()
    }
  },
}
