// P8: CPU of the server a document edit, 20 people writing and 100 reading one note. Ours asks the right of each edit,
// stores it and says so; the others keep it in memory. Every delivery is counted, and one reader follows the words.
import { setTimeout as pause } from 'node:timers/promises'
import { openClassroom, startLectern } from '../classroom.ts'
import { type Dialect, type Seat, takeSeat, type } from '../editors.ts'
import { joinByCode, many } from '../learner.ts'
import { type BenchCase, compare, ratioRow } from '../measure.ts'
import { pinLoad, type ServerProcess, startServer } from '../server-process.ts'
import { bringStore } from '../services.ts'

const writers = 20
const readers = 100
/** Letters a writer types in one measurement, one every 50 ms, the writers spread evenly over that time. */
const letters = 50
const everyMs = 50
const rounds = 4

async function until(condition: () => boolean, what: string): Promise<void> {
  const end = performance.now() + 20_000
  while (!condition()) {
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}`)
    await pause(5)
  }
}

interface Side {
  readonly server: ServerProcess
  readonly dialect: Dialect
  readonly writers: readonly Seat[]
  readonly readers: readonly Seat[]
  /** Whether a writer gets back what it sent. */
  readonly echo: boolean
}

/** One measurement: types on a fixed schedule, waits for every delivery, answers the CPU of each edit. */
async function measure(side: Side, settled: () => Promise<void>): Promise<{ cpu: number }> {
  const seats = [...side.writers, ...side.readers]
  for (const seat of seats) seat.updates = 0
  const edits = writers * letters
  const before = side.server.cpu()
  const began = performance.now()
  for (let edit = 0; edit < edits; edit++) {
    const due = began + (edit * everyMs) / writers
    if (due > performance.now()) await pause(due - performance.now())
    const place = edit % writers
    const seat = side.writers[place]
    if (seat) type(seat, side.dialect, `text${place}`)
  }
  const own = side.echo ? edits : edits - letters
  const enough = () =>
    side.readers.every(seat => seat.updates >= edits) && side.writers.every(seat => seat.updates >= own)
  await until(enough, `${edits} edits at everybody`)
  await settled()
  const cpu = side.server.cpu() - before
  if (seats.some(seat => seat.updates > edits)) throw new Error('Somebody got more than was typed')
  const follower = side.readers[0]
  side.writers.forEach((seat, place) => {
    const [typed, read] = [seat.doc, follower?.doc].map(doc => doc?.getText(`text${place}`).toString())
    if (typed !== read) throw new Error(`The words of writer ${place} did not arrive`)
  })
  return { cpu: (cpu * 1e6) / edits }
}

export const p8: BenchCase = {
  id: 'P8',
  what: `CPU a document edit, ${writers} writers and ${readers} readers, stored`,
  async run(report) {
    pinLoad()
    const store = await bringStore('bench')
    report(store.about)
    const ends: (() => Promise<void>)[] = [store.stop]
    try {
      const ours = await startLectern({ databaseUrl: store.url })
      ends.push(ours.kill)
      const { code, run } = await openClassroom(ours, store.url)
      const cookies = await many(writers + readers, 8, index => joinByCode(ours.url, code, `Editor ${index + 1}`))
      const sit = async (server: ServerProcess, url: string, dialect: Dialect, echo: boolean, own?: string[]) => {
        const take = (from: number, count: number, following: number) =>
          many(count, 8, index => {
            const cookie = own?.[from + index]
            return takeSeat(url, dialect, { ...(cookie ? { cookie } : {}), follows: index < following })
          })
        return { server, dialect, echo, writers: await take(0, writers, 0), readers: await take(writers, readers, 1) }
      }
      const wsOf = (url: string) => url.replace('http', 'ws')
      const bare = async (file: string) => {
        const server = await startServer(['--import', 'tsx', `bench/bare/${file}.ts`], { PORT: '0' }, /ready: (\S+)/)
        ends.push(server.kill)
        return { server, url: wsOf(server.said[1] ?? '') }
      }
      const [plain, hocus] = [await bare('y-websocket'), await bare('hocuspocus')]
      const sides = {
        ours: await sit(ours, `${wsOf(ours.url)}/collab/${run.noteId}`, 'y-websocket', false, cookies),
        plain: await sit(plain.server, `${plain.url}/measured`, 'y-websocket', true),
        hocus: await sit(hocus.server, hocus.url, 'hocuspocus', true),
      }
      report(`${writers} writers, ${readers} readers at each server, ${writers * (1000 / everyMs)} edits a second`)
      let typed = 0
      const stored = async () => {
        typed += writers * letters
        const count = async () => {
          const [row] = await store.query<{ seq: string }>('select seq from documents where id = $1', [run.noteId])
          return Number(row?.seq)
        }
        while ((await count()) < typed) await pause(5)
      }
      const oursOnce = () => measure(sides.ours, stored)
      const plainOnce = () => measure(sides.plain, async () => undefined)
      const hocusOnce = () => measure(sides.hocus, async () => undefined)
      for (const warm of [oursOnce, plainOnce, hocusOnce]) await warm()
      const compared = await compare(rounds, ['cpu'], oursOnce, { plain: plainOnce, hocus: hocusOnce })
      const unit = 'us CPU/edit'
      return [
        ratioRow({ id: 'P8', what: 'against @y/websocket-server 0.1.1, in memory', unit }, compared.plain.cpu, {
          atMost: 0.25,
        }),
        ratioRow({ id: 'P8', what: 'against Hocuspocus 3.4.4, in memory', unit }, compared.hocus.cpu, { atMost: 0.9 }),
      ]
    } finally {
      for (const end of ends.reverse()) await end()
    }
  },
}
