// P4: 5,000 answers of one class, from the socket to committed to acknowledged, on one node. Against a bare Socket.IO
// server with one prepared INSERT an answer, and Koa with Sequelize's create, which promise less, and against the same
// two with the guarantees we give. None may be lost or doubled.
import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { activityCalls } from '#protocol/activities.ts'
import { fillClassroom, openClassroom, startLectern } from '../classroom.ts'
import { many, openSocket } from '../learner.ts'
import { type BenchCase, type Comparison, compare, plainRow, quantile, ratioRow } from '../measure.ts'
import { pinLoad, type ServerProcess, startServer, watchCpu } from '../server-process.ts'
import { bringStore, type Store } from '../services.ts'

const people = 1_000
const each = 5
// The baselines are slow and steady: fewer answers give the same rate.
const socketAnswers = 2_000
const httpAnswers = 1_000
const httpConnections = 100
const rounds = 4
const options = ['a', 'b', 'c', 'd']

const post = (agent: Agent, url: string, path: string, body: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const asked = request(`${url}${path}`, { method: 'POST', agent, headers }, response => {
      response.resume()
      response.once('end', () => (response.statusCode === 200 ? resolve() : reject(new Error('refused'))))
    })
    asked.once('error', reject)
    asked.end(body)
  })

async function rate(store: Store, server: ServerProcess, answers: number, give: () => Promise<unknown>) {
  const database = watchCpu(await store.backends())
  const cpu = server.cpu()
  const began = performance.now()
  await give()
  const seconds = (performance.now() - began) / 1000
  const ofServer = server.cpu() - cpu
  const ofAll = ofServer + database()
  const each = 1e6 / answers
  return { seconds, perSecond: answers / seconds, cpu: ofServer * each, cpuOfAll: ofAll * each }
}

// How far the bare engine gets that promises nothing but groups what it writes: no ratio of ours can pass it.
function limitOf(grouped: Comparison, base: Comparison): Comparison {
  const ratio = grouped.baseline / base.baseline
  return { ours: grouped.baseline, baseline: base.baseline, ratio, min: ratio, max: ratio, aa: base.aa }
}

export const p4: BenchCase = {
  id: 'P4',
  what: '5,000 answers, from the socket to committed to acknowledged',
  async run(report) {
    pinLoad()
    const store = await bringStore('bench')
    report(store.about)
    const ends: (() => Promise<void>)[] = [store.stop]
    try {
      const ours = await startLectern({ databaseUrl: store.url })
      ends.push(ours.kill)
      const env = { PORT: '0', DATABASE_URL: store.url }
      const bare = await startServer(['--import', 'tsx', 'bench/bare/answers.ts'], env, /ready: (\S+)/)
      ends.push(bare.kill)
      const bareUrl = bare.said[1] ?? ''
      const classroom = await openClassroom(ours, store.url)
      const learners = await fillClassroom(ours, classroom, people)
      const sockets = await many(people, 32, () => openSocket(bareUrl))
      report(`${people} people, ${each} answers each (the last one counts)`)

      const seconds: number[] = []
      const latencies: number[] = []
      let lost = 0
      let doubled = 0
      async function lectern() {
        const { deliveryId, itemId } = await classroom.ask(`Question ${seconds.length + 1}`)
        await new Promise(resolve => setTimeout(resolve, 200))
        const given: { operation: string; receipt: Promise<{ responseId: string }> }[] = []
        const measured = await rate(store, ours, people * each, async () => {
          for (let turn = 0; turn < each; turn++)
            for (const learner of learners) {
              const operation = randomUUID()
              const move = { optionIds: [options[turn % options.length] ?? ''] }
              const began = performance.now()
              const receipt = learner.call(activityCalls.answer, { deliveryId, itemId, move } as never, operation)
              given.push({ operation, receipt })
              void receipt.then(
                () => latencies.push(performance.now() - began),
                () => undefined,
              )
            }
          await Promise.all(given.map(one => one.receipt))
        })
        const rows = await store.query<{ id: string; operation: string }>(
          'select id, operation from responses where delivery_id = $1',
          [deliveryId],
        )
        const byOperation = new Map(rows.map(row => [row.operation, row.id]))
        for (const { operation, receipt } of given)
          if (byOperation.get(operation) !== (await receipt).responseId) lost++
        doubled += rows.length - byOperation.size + Math.max(0, rows.length - given.length)
        seconds.push(measured.seconds)
        return measured
      }
      const authors = Array.from({ length: people }, () => randomUUID())
      const item = randomUUID()
      // Each of them is a round with attempts of its own, as ours is.
      const answersTo = (delivery: string) => (index: number) => ({
        id: randomUUID(),
        operation: randomUUID(),
        delivery,
        author: authors[index % people] ?? '',
        item,
        move: { optionIds: [options[index % options.length] ?? ''] },
      })
      const overSockets = (event: 'answer' | 'kept' | 'grouped', count: number) => () => {
        const answer = answersTo(randomUUID())
        return rate(store, bare, count, () =>
          Promise.all(
            Array.from({ length: count }, async (_, index) =>
              sockets[index % people]?.emitWithAck(event, answer(index)),
            ),
          ),
        )
      }
      const overHttp = (path: string) => () => {
        const answer = answersTo(randomUUID())
        return rate(store, bare, httpAnswers, () =>
          many(httpAnswers, httpConnections, index => post(agent, bareUrl, path, JSON.stringify(answer(index)))),
        )
      }
      const prepared = overSockets('answer', socketAnswers)
      const grouped = overSockets('grouped', people * each)
      const agent = new Agent({ keepAlive: true, maxSockets: httpConnections })
      const sequelize = overHttp('/answers')
      const kept = overSockets('kept', socketAnswers)
      const keptBySequelize = overHttp('/kept')
      const baselines = { prepared, sequelize, kept, keptBySequelize, grouped }
      for (const warm of [lectern, ...Object.values(baselines)]) await warm()
      seconds.length = 0
      latencies.length = 0
      const figures = ['perSecond', 'cpu', 'cpuOfAll'] as const
      const compared = await compare(rounds, figures, lectern, baselines)
      agent.destroy()
      report(
        `ours: an answer's p50 ${quantile(latencies, 0.5).toFixed(0)} ms, p99 ${quantile(latencies, 0.99).toFixed(0)} ms, all sent at once`,
      )
      const worst = Math.max(...seconds)
      const perSecond = 'answers/s'
      const cpu = 'us CPU/answer'
      const row = (what: string, unit: string) => ({ id: 'P4', what, unit })
      return [
        ratioRow(row('against Socket.IO with a prepared INSERT each', perSecond), compared.prepared.perSecond, {
          atLeast: 4,
        }),
        ratioRow(row('against Koa with Sequelize create', perSecond), compared.sequelize.perSecond, { atLeast: 8 }),
        ratioRow(row('with the same guarantees: one prepared statement each', perSecond), compared.kept.perSecond, {
          atLeast: 4,
        }),
        ratioRow(row('with the same guarantees: Koa with Sequelize', perSecond), compared.keptBySequelize.perSecond, {
          atLeast: 8,
        }),
        ratioRow(
          row('the limit itself, against a prepared INSERT each', perSecond),
          limitOf(compared.grouped.perSecond, compared.prepared.perSecond),
        ),
        ratioRow(
          row('the limit itself, against Sequelize create', perSecond),
          limitOf(compared.grouped.perSecond, compared.sequelize.perSecond),
        ),
        ratioRow(row('CPU of the server, against the prepared INSERT', cpu), compared.prepared.cpu),
        ratioRow(row('CPU of the server, against Sequelize create', cpu), compared.sequelize.cpu),
        ratioRow(row('CPU with the database, against the prepared INSERT', cpu), compared.prepared.cpuOfAll),
        ratioRow(row('CPU with the database, against Sequelize create', cpu), compared.sequelize.cpuOfAll),
        ratioRow(row('against the bare engine grouped: the limit', perSecond), compared.grouped.perSecond),
        ratioRow(row('CPU with the database, against the limit', cpu), compared.grouped.cpuOfAll),
        plainRow({ ...row('the slowest 5,000', 's'), goal: '<= 2 s' }, worst, worst <= 2, seconds),
        plainRow(
          { ...row(`lost or doubled of ${seconds.length * people * each}`, 'answers'), goal: '0' },
          lost + doubled,
          lost + doubled === 0,
        ),
      ]
    } finally {
      for (const end of ends.reverse()) await end()
    }
  },
}
