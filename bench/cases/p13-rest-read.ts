// P13: Today and a course's home as a learner reads them, and its people as staff do, in a course with 1,000 enrolled, against Koa that
// asks PostgreSQL for as much with prepared statements, and with Sequelize's models. CPU of the server process a request
// and requests a second; each answer is checked for its status and size.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { Agent, get } from 'node:http'
import { apiBase } from '#protocol/base/call.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { todayRoutes } from '#protocol/today.ts'
import { openClassroom, startLectern } from '../classroom.ts'
import { many } from '../learner.ts'
import { type BenchCase, compare, type Row, ratioRow } from '../measure.ts'
import { emailOf, fillCourse, peopleList, readIn } from '../school.ts'
import { pinLoad, type ServerProcess, startServer } from '../server-process.ts'
import { bringStore, type Store } from '../services.ts'

const people = 1_000
/** They take turns, for nobody may ask without end: the first are staff, the next learners of several courses. */
const readers = 100
const courses = 6
const pages = 40
const requests = 1_500
const width = 16
const rounds = 3

// A connection a place, kept: what is measured is the answer, not the handshake.
const agent = new Agent({ keepAlive: true, maxSockets: width })

const read = (url: string, cookie: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { agent, headers: { cookie } }, response => {
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
      })
      response.on('end', () =>
        response.statusCode === 200 ? resolve(size) : reject(new Error(`${response.statusCode} at ${url}`)),
      )
    }).on('error', reject)
  })

/** A cookie of somebody who signed in before. */
async function signedIn(store: Store, person: number): Promise<string> {
  const token = randomBytes(16).toString('base64url')
  await store.query(
    `insert into sessions (id, token_hash, account_id, created_at, last_seen_at, expires_at, device_kind)
     select $1, $2, id, now(), now(), now() + interval '1 day', 'computer' from accounts where email = $3`,
    [randomUUID(), createHash('sha256').update(token).digest(), emailOf(person)],
  )
  return `lectern=${token}`
}

/** Requests a second, and CPU of the server a request in microseconds. */
async function pace(server: ServerProcess, url: string, cookies: readonly string[]) {
  const cookieOf = (index: number) => cookies[index % cookies.length] ?? ''
  const least = await read(url, cookieOf(0))
  const [cpu, began] = [server.cpu(), performance.now()]
  await many(requests, width, async index => {
    if ((await read(url, cookieOf(index))) < least / 2) throw new Error(`Half an answer from ${url}`)
  })
  return { rate: (requests / (performance.now() - began)) * 1000, cpu: ((server.cpu() - cpu) * 1e6) / requests }
}

export const p13: BenchCase = {
  id: 'P13',
  what: `hot reads in a course of ${people}`,
  async run(report) {
    pinLoad()
    const store = await bringStore('bench')
    const ends: (() => Promise<void>)[] = [store.stop]
    try {
      const node = await startLectern({ databaseUrl: store.url })
      ends.push(node.kill)
      const { host, run } = await openClassroom(node, store.url)
      const titles = Array.from({ length: courses - 1 }, (_, index) => `Course ${index + 2}`)
      for (const title of titles) await host.request(courseRoutes.create, { title })
      const rows = Array.from(
        { length: people },
        (_, person) => `${emailOf(person)},Measured,${person < readers ? 'assistant' : ''}`,
      )
      const others = titles.flatMap(title =>
        Array.from({ length: readers }, (_, reader) => `${emailOf(readers + reader)},${title},`),
      )
      const { done } = await readIn(host, {
        people: peopleList(people),
        enrolments: ['email,course,role', ...rows, ...others].join('\n'),
      })
      await fillCourse(host, run.courseId as never, pages)
      for (const { id: courseId } of (await host.request(courseRoutes.list, { limit: 50 })).items)
        await host.request(lifeRoutes.changeState, { courseId, state: 'published' })
      report(
        `${done.people.made} people, ${done.enrolments.made} enrolments, ${pages} pages; ${requests} reads, ${width} at a time`,
      )
      const signIn = (first: number) => many(readers, 8, reader => signedIn(store, first + reader))
      const [staff, learners] = [await signIn(0), await signIn(readers)]
      const cookies = { today: learners, course: learners, people: staff }
      const fill = (path: string) => `${node.url}${apiBase}${path.replace(':courseId', run.courseId)}`
      const ours = {
        today: fill(todayRoutes.list.path),
        course: fill(courseRoutes.get.path),
        people: fill(peopleRoutes.people.path),
      }
      const server = await startServer(
        ['--import', 'tsx', 'bench/bare/reads.ts'],
        { PORT: '0', DATABASE_URL: store.url },
        /ready: (\S+)/,
      )
      ends.push(server.kill)
      const bare = server.said[1] ?? ''
      const whats = ['today', 'course', 'people'] as const
      const sizes = await Promise.all(whats.map(what => read(ours[what], cookies[what][0] ?? '')))
      await read(`${bare}/bytes/${sizes.join('/')}`, '')

      const table: Row[] = []
      for (const [what, path] of [
        ['today', 'today'],
        ['course', `course/${run.courseId}`],
        ['people', `people/${run.courseId}`],
      ] as const) {
        const measured = await compare(rounds, ['rate', 'cpu'], () => pace(node, ours[what], cookies[what]), {
          pg: () => pace(server, `${bare}/pg/${path}`, cookies[what]),
          models: () => pace(server, `${bare}/models/${path}`, cookies[what]),
        })
        const row = (base: 'pg' | 'models', words: string, goal: { atLeast: number }) => [
          ratioRow({ id: 'P13', what: `${what}, against ${words}`, unit: 'requests/s' }, measured[base].rate, goal),
          ratioRow({ id: 'P13', what: `${what}, CPU, against ${words}`, unit: 'us a request' }, measured[base].cpu),
        ]
        table.push(...row('pg', 'prepared statements', { atLeast: 0.75 }), ...row('models', 'models', { atLeast: 2 }))
        report(`${what}: ${measured.pg.rate.ours.toFixed(0)} a second`)
      }
      host.close()
      return table
    } finally {
      agent.destroy()
      for (const end of ends.reverse()) await end()
    }
  },
}
