// CPU a delivery in one room of 500: ours, where each message is stored, numbered, allowed and counted, against a bare
// Socket.IO server that does a room emit a message with none of these. Every delivery is verified, content and order.
// Ours carries about 600 bytes a message (ids, name, times), the bare one 250.
import type { Socket } from 'socket.io-client'
import { address } from '#protocol/base/scope.ts'
import { type FeedFrame, wireEvents } from '#protocol/base/wire.ts'
import { channelCalls, channelScope } from '#protocol/channels.ts'
import { fillClassroom, openClassroom, startLectern } from './classroom.ts'
import { many, openSocket } from './learner.ts'
import { type Comparison, compare, quantile } from './measure.ts'
import { pinLoad, type ServerProcess, startServer } from './server-process.ts'
import { bringStore } from './services.ts'

const receivers = 500
const bytes = 250
const rounds = 5

/** So many messages at once, so often, so many times. */
export interface Talk {
  readonly burst: number
  readonly bursts: number
  readonly everyMs: number
}

/** What all receivers must have heard: the first to hear a place says what is there, the others must agree. */
class Heard {
  readonly #order: string[] = []
  readonly #at: number[]
  readonly #sent = new Map<string, number>()
  readonly latencies: number[] = []
  packets = 0
  wrong = 0
  deliveries = 0

  constructor(people: number) {
    this.#at = Array.from({ length: people }, () => 0)
  }

  send(text: string): void {
    this.#sent.set(text, performance.now())
  }

  hear(who: number, texts: readonly string[], now = performance.now()): void {
    this.packets++
    for (const text of texts) {
      const place = this.#at[who] ?? 0
      this.#at[who] = place + 1
      const sent = this.#sent.get(text)
      this.#order[place] ??= text
      if (sent === undefined || this.#order[place] !== text) this.wrong++
      else this.latencies.push(now - sent)
      this.deliveries++
    }
  }

  verify(messages: number): void {
    const distinct = new Set(this.#order).size
    if (this.wrong > 0 || distinct !== messages || this.#at.some(count => count !== messages))
      throw new Error(`Deliveries are wrong: ${this.wrong} of ${this.deliveries} out of place, ${distinct} messages`)
  }
}

const until = async (condition: () => boolean, what: string) => {
  const end = performance.now() + 20_000
  while (!condition()) {
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}`)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}

let serial = 0

/** One measurement: sends the bursts on a fixed schedule, waits for every delivery, answers the CPU of each. */
async function measure(
  { burst, bursts, everyMs }: Talk,
  server: ServerProcess,
  listen: (heard: Heard) => void,
  say: (sender: number, text: string) => Promise<unknown>,
  summary: Map<string, Heard>,
  name: string,
): Promise<{ cpu: number }> {
  const heard = new Heard(receivers)
  listen(heard)
  await new Promise(resolve => setTimeout(resolve, 150))
  const messages = burst * bursts
  const answers: Promise<unknown>[] = []
  const before = server.cpu()
  const began = performance.now()
  for (let turn = 0; turn < bursts; turn++) {
    await new Promise(resolve => setTimeout(resolve, Math.max(0, began + turn * everyMs - performance.now())))
    for (let place = 0; place < burst; place++) {
      const text = `message ${serial++} `.padEnd(bytes, '.')
      heard.send(text)
      answers.push(say(serial % receivers, text))
    }
  }
  await Promise.all(answers)
  await until(() => heard.deliveries >= messages * receivers, `${messages * receivers} deliveries`)
  await new Promise(resolve => setTimeout(resolve, 50))
  const cpu = server.cpu() - before
  heard.verify(messages)
  summary.set(name, heard)
  return { cpu: (cpu * 1e6) / (messages * receivers) }
}

/** Microseconds of CPU a delivery, against a room emit a message and against the bare engine that gathers. */
export async function compareRooms(
  talk: Talk,
  report: (line: string) => void,
): Promise<{ plain: Comparison; batched: Comparison }> {
  pinLoad()
  const store = await bringStore('bench')
  report(store.about)
  const ends: (() => Promise<void>)[] = [store.stop]
  try {
    const ours = await startLectern({ databaseUrl: store.url })
    ends.push(ours.kill)
    const bare = await startServer(['--import', 'tsx', 'bench/bare/socket-io.ts'], { PORT: '0' }, /ready: (\S+)/)
    ends.push(bare.kill)
    const classroom = await openClassroom(ours, store.url)
    const learners = await fillClassroom(ours, classroom, receivers)
    const sockets = await many(receivers, 32, () => openSocket(bare.said[1] ?? ''))
    report(`${receivers} people in each room`)

    const { channelId } = classroom.run
    const scope = address(channelScope, channelId)
    // Packets are the same text for everybody: parsed once, so that the load process keeps up.
    const parsed = new Map<string, string[]>()
    const textsOf = (packet: unknown): string[] => {
      if (typeof packet !== 'string') return []
      let texts = parsed.get(packet)
      if (!texts) {
        const frames = JSON.parse(packet) as FeedFrame[]
        const sent = frames.filter(frame => frame.s === scope && frame.k === 'messageSent')
        texts = sent.map(frame => (frame.b as { message: { text: string } }).message.text)
        if (parsed.size > 50) parsed.clear()
        parsed.set(packet, texts)
      }
      return texts
    }
    const hearOn =
      (all: readonly Socket[], event: string, texts: (body: unknown) => readonly string[]) => (heard: Heard) => {
        for (const [index, socket] of all.entries()) {
          socket.off(event)
          socket.on(event, (body: unknown) => {
            const said = texts(body)
            if (said.length > 0) heard.hear(index, said)
          })
        }
      }
    const summary = new Map<string, Heard>()
    const oursOnce = () =>
      measure(
        talk,
        ours,
        hearOn(
          learners.map(one => one.socket),
          wireEvents.feed,
          textsOf,
        ),
        async (sender, text) => learners[sender]?.call(channelCalls.send, { channelId, text } as never),
        summary,
        'ours',
      )
    const bareOnce = (event: 'say' | 'batched', answer: string, texts: (body: unknown) => readonly string[]) => () =>
      measure(
        talk,
        bare,
        hearOn(sockets, answer, texts),
        async (sender, text) => sockets[sender]?.emitWithAck(event, text),
        summary,
        event,
      )
    const plain = bareOnce('say', 'said', text => [text as string])
    const batched = bareOnce('batched', 'saidTogether', texts => texts as string[])
    // Code that has not been compiled yet is measured by nobody.
    for (const warm of [oursOnce, plain, batched]) await warm()
    const compared = await compare(rounds, ['cpu'], oursOnce, { plain })
    const limit = await compare(1, ['cpu'], oursOnce, { batched })
    for (const [name, heard] of summary)
      report(
        `${name}: ${heard.deliveries} deliveries in ${heard.packets} packets, ` +
          `p50 ${quantile(heard.latencies, 0.5).toFixed(1)} ms, p99 ${quantile(heard.latencies, 0.99).toFixed(1)} ms`,
      )
    return { plain: compared.plain.cpu, batched: limit.batched.cpu }
  } finally {
    for (const end of ends.reverse()) await end()
  }
}
