// Two nodes on one database and one Redis with a class of 200 spread over both: what every fault is injected into, and
// how its history is gathered afterwards.

import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import * as z from 'zod/mini'
import { realtimeCalls } from '#protocol/base/realtime.ts'
import { address, type ScopeSpec } from '#protocol/base/scope.ts'
import { channelScope } from '#protocol/channels.ts'
import { runScope } from '#protocol/live.ts'
import { type Classroom, type Node, openClassroom, startLectern } from '../bench/classroom.ts'
import { joinByCode, learnerOn, many, openSocket } from '../bench/learner.ts'
import { bringSharedRedis, bringStore, type Store } from '../bench/services.ts'
import { type History, judge, type Scope, type Verdict } from './history.ts'
import { Pupil } from './pupil.ts'

export const people = 200

/** Waits for a condition; throws what was awaited when it does not come. */
export async function until(condition: () => boolean | Promise<boolean>, what: string, within = 30_000): Promise<void> {
  const end = performance.now() + within
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}`)
    await pause(20)
  }
}

export interface School {
  readonly store: Store
  readonly nodes: [Node, Node]
  readonly classroom: Classroom
  readonly pupils: readonly Pupil[]
  /** Starts a node again in the place of the one that was killed. */
  restart(place: 0 | 1): Promise<void>
  /** Waits until every pupil has what the log has, and gathers the history. */
  history(): Promise<History>
  stop(): Promise<void>
}

export interface SchoolParts {
  readonly people?: number
  /** The Redis of the nodes, in place of one that is brought for them. */
  readonly redisUrl?: string
  readonly store?: () => Promise<Store>
}

export async function openSchool(parts: SchoolParts = {}): Promise<School> {
  const ends: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end().catch((error: unknown) => console.error(error))
  }
  try {
    let { redisUrl } = parts
    if (redisUrl === undefined) {
      const redis = await bringSharedRedis()
      ends.push(redis.stop)
      redisUrl = redis.url
    }
    const store = await (parts.store?.() ?? bringStore('fault'))
    ends.push(store.stop)
    const environment = {
      databaseUrl: store.url,
      redisUrl,
      secretKey: randomBytes(32).toString('hex'),
    }
    const nodes: [Node, Node] = [await startLectern(environment, 'any'), await startLectern(environment, 'any')]
    for (const place of [0, 1] as const) ends.push(() => nodes[place].kill())
    const urls = nodes.map(node => node.url)
    // The host sits on the node that stays.
    const classroom = await openClassroom(nodes[1], store.url)
    ends.push(async () => classroom.host.close())
    const { run, code } = classroom
    const scopes: { spec: ScopeSpec; id: string }[] = [
      { spec: runScope as unknown as ScopeSpec, id: run.id },
      { spec: channelScope as unknown as ScopeSpec, id: run.channelId },
    ]
    const next = (left: string) => urls.find(url => url !== left) ?? left
    const pupils = await many(parts.people ?? people, 16, async index => {
      const url = urls[index % 2] ?? ''
      const name = `Guest ${index + 1}`
      const pupil = new Pupil({ name, cookie: await joinByCode(url, code, name), scopes, next }, url)
      await pupil.enter()
      return pupil
    })
    ends.push(async () => {
      for (const pupil of pupils) pupil.leave()
    })

    async function freshState(node: Node, spec: ScopeSpec, id: string): Promise<{ head: number; state: unknown }> {
      const cookie = await joinByCode(node.url, code, 'Newcomer')
      const socket = await openSocket(node.url, cookie)
      const answer = await learnerOn(socket).call(realtimeCalls.subscribe, { scope: address(spec, id) })
      socket.disconnect()
      if (answer.mode !== 'snapshot') throw new Error('A newcomer gets a state')
      return { head: answer.head, state: z.parse(spec.state, answer.state) }
    }

    async function headsNow(): Promise<Map<string, number>> {
      const addresses = scopes.map(({ spec, id }) => address(spec, id))
      const rows = await store.query<{ scope: string; seq: string }>(
        'select scope, seq from scope_heads where scope = any($1)',
        [addresses],
      )
      return new Map(addresses.map(scope => [scope, Number(rows.find(row => row.scope === scope)?.seq ?? 0)]))
    }

    async function scopesNow(): Promise<Scope[]> {
      const heads = await headsNow()
      return many(scopes.length, 1, async index => {
        const { spec, id } = scopes[index] as (typeof scopes)[number]
        const scope = address(spec, id)
        const rows = await store.query<{ seq: string }>('select seq from events where scope = $1 order by seq', [scope])
        const fresh = await many(2, 1, node => freshState(nodes[node as 0 | 1], spec, id))
        return {
          scope,
          head: heads.get(scope) ?? 0,
          seqs: rows.map(row => Number(row.seq)),
          fresh: fresh.map(one => one.state),
        }
      })
    }

    return {
      store,
      nodes,
      classroom,
      pupils,
      async restart(place) {
        const port = Number(new URL(nodes[place].url).port)
        nodes[place] = await startLectern({ ...environment, port }, 'any')
      },
      async history() {
        const heads = await headsNow()
        await until(
          () => pupils.every(pupil => pupil.standsAt(heads)),
          'everybody to have heard everything',
          20_000,
        ).catch(() => undefined)
        const answers = await store.query<{ id: string; operation: string; place: number }>(
          'select id, operation, revision as place from responses',
        )
        const messages = await store.query<{ id: string; text: string; place: number }>(
          'select id, text, number as place from messages where channel_id = $1',
          [run.channelId],
        )
        return {
          operations: pupils.flatMap(pupil => pupil.operations),
          stored: [
            ...answers.map(row => ({ ...row, kind: 'answer' as const })),
            ...messages.map(({ id, text, place }) => ({
              id,
              place,
              operation: text.replace('Said as ', ''),
              kind: 'message' as const,
            })),
          ],
          scopes: await scopesNow(),
          followed: pupils.flatMap(pupil => pupil.followed()),
        }
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Resolves with the seconds from now until every one of these people has had another write acknowledged. */
export async function servedAgain(pupils: readonly Pupil[], within = 30_000): Promise<number> {
  const from = performance.now()
  const count = () => pupils.map(pupil => pupil.operations.filter(one => one.receipt !== null).length)
  const before = count()
  await until(() => count().every((now, index) => now > (before[index] ?? 0)), 'everybody to be served again', within)
  return (performance.now() - from) / 1000
}

/** The verdict over a finished run in which nothing may stay unanswered. */
export async function judgeWhole(school: School): Promise<Verdict> {
  const history = await school.history()
  const verdict = judge(history)
  const silent = history.operations.length - verdict.acknowledged
  if (silent > 0) verdict.violations.push(`${silent} writes were never acknowledged`)
  return verdict
}

const options = ['a', 'b', 'c', 'd']

/** Everybody answers again and again and says a thing or two, one write after the other. Ends when all are done. */
export async function storm(
  { pupils, classroom }: School,
  asked: { deliveryId: string; itemId: string },
  { writes, gapMs }: { writes: number; gapMs: number },
): Promise<void> {
  const { channelId } = classroom.run
  await Promise.all(
    pupils.map(async pupil => {
      for (let turn = 0; turn < writes; turn++) {
        await pause(Math.random() * 2 * gapMs)
        if (turn % 4 === 3) await pupil.say(channelId)
        else await pupil.answer(asked.deliveryId, asked.itemId, options[turn % options.length] ?? 'a')
      }
    }),
  )
}
