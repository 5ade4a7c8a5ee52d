// Presence: its rules, its slices in a real Redis, and the grace as a class sees it.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import pino from 'pino'
import type { AccountId } from '#protocol/base/ids.ts'
import { liveRoutes, runHostsScope, runScope } from '#protocol/live.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { guestClient, startClass } from '#server/test/classes.ts'
import { atEndOfFile } from '#server/test/endings.ts'
import { arrange } from '#server/test/factories.ts'
import { testNode, testRedisUrl, waitFor } from '#server/test/harness.ts'
import { graceMs, type Mark, mergeSlices, netChange, speaker } from './rules.ts'
import { Room } from './socket/room.ts'
import { redisShare, sliceSeconds, type Told } from './socket/share.ts'
import { writeIntervals } from './socket/track.ts'

const person = () => randomUUID() as AccountId

describe('presence, its rules', () => {
  const [a, b, c] = [person(), person(), person()]

  it('counts a person once: here on any node is here', () => {
    const merged = mergeSlices([
      new Map<AccountId, Mark>([
        [a, 'reconnecting'],
        [b, 'here'],
      ]),
      new Map<AccountId, Mark>([
        [a, 'here'],
        [c, 'reconnecting'],
      ]),
    ])
    assert.deepEqual(
      [...merged],
      [
        [a, 'here'],
        [b, 'here'],
        [c, 'reconnecting'],
      ],
    )
  })

  it('says only what is different since the last time', () => {
    const published = new Map<AccountId, Mark>([
      [a, 'here'],
      [b, 'here'],
    ])
    const now = new Map<AccountId, Mark>([
      [a, 'here'],
      [c, 'here'],
    ])
    assert.deepEqual(netChange(published, now, [a, b, c]), { set: [[c, 'here']], gone: [b] })
    assert.deepEqual(netChange(published, now, [a]), { set: [], gone: [] })
  })

  it('lets one node speak', () => {
    assert.equal(speaker(['b', 'a', 'c']), 'a')
    assert.equal(speaker([]), undefined)
  })
})

describe('presence between nodes, over Redis', () => {
  const prefix = `test:${randomUUID()}:`
  const room = `run:${randomUUID()}`
  const log = pino({ level: 'silent' })

  function node(name: string, told: (told: Told) => void = () => undefined) {
    const share = redisShare({
      url: testRedisUrl,
      prefix,
      node: name,
      log,
      told: (_room, what) => told(what),
      back: () => undefined,
    })
    atEndOfFile(() => share.stop())
    return share
  }

  it('tells the net change, and a missed version is read anew from the slice', async () => {
    const heard: Told[] = []
    const here = new Room('run', 'x')
    const there = new Room('run', 'x')
    const one = node('one')
    const two = node('two', told => heard.push(told))
    // A connection takes a moment; until then a read is refused.
    for (const share of [one, two]) await waitFor(async () => (await share.readAll(room)).size === 0 || true, 'Redis')
    await one.open(room)
    await two.open(room)
    const people = [person(), person(), person()]
    const publish = () => one.publish(room, ++here.version, here.takeChange(), undefined)

    here.enter(people[0]!, 's1', new Date())
    publish()
    await waitFor(() => heard.length === 1, 'the first change')
    assert.ok(there.hear(heard[0]!), 'a node that knows nothing reads the slice')
    there.take('one', await two.read(room, 'one'))
    assert.equal(there.merged().get(people[0]!), 'here')

    here.enter(people[1]!, 's2', new Date())
    publish()
    await waitFor(() => heard.length === 2, 'the second change')
    assert.equal(there.hear(heard[1]!), false, 'the next version is applied as it is')
    assert.equal(there.merged().size, 2)

    // The third is lost on its way, the fourth shows it.
    here.enter(people[2]!, 's3', new Date())
    publish()
    here.leave(people[0]!, 's1', new Date())
    publish()
    await waitFor(() => heard.length === 4, 'the fourth change')
    assert.ok(there.hear(heard[3]!))
    there.take('one', await two.read(room, 'one'))
    assert.deepEqual([...there.merged()].map(([, mark]) => mark).sort(), ['here', 'here', 'reconnecting'])
    assert.equal((await two.readAll(room)).get('one')?.version, 4)
  })

  it('lets a slice die with its node, and takes it away when the node lets go', async () => {
    const redis = new Redis(testRedisUrl)
    atEndOfFile(async () => redis.disconnect())
    const key = `${prefix}presence:{${room}}:one`
    const ttl = await redis.ttl(key)
    assert.ok(ttl > 0 && ttl <= sliceSeconds)
    await redis.del(key)
    const two = node('three')
    await waitFor(async () => [await two.readAll(room)].length, 'Redis')
    assert.equal((await two.readAll(room)).size, 0)
    assert.equal(await two.read(room, 'one'), undefined)
  })
})

describe('presence in a class', () => {
  it(`waits ${graceMs / 1000} seconds before somebody has left, and keeps when they were there`, async () => {
    const node = await testNode()
    const { run, code, host } = await startClass(node, [])
    const guest = await guestClient(node, code, 'Gus')
    await guest.subscribe(runScope, run.id)
    const hosts = await host.subscribe(runHostsScope, run.id)
    await host.subscribe(runScope, run.id)
    const state = async () =>
      (await host.request(liveRoutes.roster, { runId: run.id })).items.find(one => one.name === 'Gus')?.presence
    assert.equal(await state(), 'here')
    await arrange(writeIntervals)
    const intervals = () =>
      sql<{ name: string; seconds: number }>(
        `select a.name, extract(epoch from to_at - from_at)::float8 as seconds from seat_intervals i
         join accounts a on a.id = i.account_id where i.scope_id = $1 order by a.name`,
        [run.id],
      )
    assert.deepEqual(
      (await intervals()).map(one => one.name),
      ['Gus', 'Ines Instructor'],
    )
    const left = performance.now()
    guest.close()
    await waitFor(async () => (await state()) === 'reconnecting', 'the grace')
    await waitFor(async () => (await state()) === 'left', 'the end of the grace', graceMs + 10_000)
    const took = performance.now() - left
    assert.ok(took >= graceMs - 100, `left after ${took} ms`)
    await arrange(writeIntervals)
    const [gus] = await intervals()
    // Until the connection was lost, not until the grace was over.
    assert.ok(gus!.seconds < 8, `${gus!.seconds} seconds`)
    const counts = () => hosts.fleeting.filter(one => one.kind === 'presence').map(one => JSON.stringify(one.body))
    const nobody = JSON.stringify({ connected: 0, reconnecting: 0, joined: 1 })
    await waitFor(() => counts().at(-1) === nobody, 'the count of nobody')
    for (const [index, count] of counts().entries()) if (index > 1) assert.notEqual(count, counts()[index - 1])
  })
})

describe('presence while Redis is away', () => {
  it('lets people in and counts them', async () => {
    const node = await testNode({ config: { redisUrl: 'redis://127.0.0.1:1' } })
    const { run, code, host } = await startClass(node, [])
    const guest = await guestClient(node, code, 'Gus')
    const asked = performance.now()
    await guest.subscribe(runScope, run.id)
    assert.ok(performance.now() - asked < 8_000, 'nobody waits for Redis')
    const hosts = await host.subscribe(runHostsScope, run.id)
    await waitFor(() => hosts.fleeting.some(one => one.kind === 'presence' && one.body.connected === 1), 'the count')
  })
})
