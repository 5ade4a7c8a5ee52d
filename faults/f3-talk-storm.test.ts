// The short form of F3: forty people write in one channel for five seconds through drops, on two nodes of one process.
import assert from 'node:assert/strict'
import * as z from 'zod/mini'
import { address, type ScopeSpec } from '#protocol/base/scope.ts'
import { type ChannelId, channelScope } from '#protocol/channels.ts'
import { channelsFeature } from '#server/features/channels/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { readTogether } from '#server/platform/db/transact.ts'
import { startClass } from '#server/test/classes.ts'
import { testCtx } from '#server/test/factories.ts'
import { testDatabase, testNode, waitFor } from '#server/test/harness.ts'
import { joinByCode, many } from '../bench/learner.ts'
import { judgeTalk, talkStorm } from './f3-talk-storm.ts'
import type { History } from './history.ts'
import { Pupil } from './pupil.ts'

const people = 40
const ms = 5_000

describe('a channel in which everybody writes at once', () => {
  it('ends the same for everybody, in the order of the database, whatever dropped', async () => {
    const databaseUrl = (await testDatabase()).url
    const nodes = [await testNode({ databaseUrl, redis: true }), await testNode({ databaseUrl, redis: true })]
    const urls = nodes.map(node => node.url)
    const { run, code } = await startClass(nodes[0] ?? assert.fail(), [])
    const channelId = run.channelId as ChannelId
    const scope = address(channelScope, channelId)
    const scopes = [{ spec: channelScope as unknown as ScopeSpec, id: channelId }]
    const next = (left: string) => urls.find(url => url !== left) ?? left
    const pupils = await many(people, 8, async index => {
      const url = urls[index % 2] ?? ''
      const pupil = new Pupil(
        { name: `Guest ${index}`, cookie: await joinByCode(url, code, `Guest ${index}`), scopes, next },
        url,
      )
      await pupil.enter()
      return pupil
    })
    const seed = Number(process.env.FAULT_SEED ?? Math.floor(Math.random() * 2 ** 31))
    const drops = await talkStorm({ pupils, urls, channelId, seed, ms, dropEveryMs: 50 })
    assert.ok(drops > 20, `${drops} drops`)

    const head = async () =>
      Number((await sql<{ seq: string }>('select seq from scope_heads where scope = $1', [scope]))[0]?.seq)
    const heads = new Map([[scope, await head()]])
    await waitFor(() => pupils.every(pupil => pupil.standsAt(heads)), 'everybody to have heard everything', 30_000)
    const rows = await sql<{ id: string; text: string; place: number }>(
      'select id, text, number as place from messages where channel_id = $1',
      [channelId],
    )
    const snapshot = channelsFeature.scopes?.find(one => one.spec.name === channelScope.name)?.snapshot ?? assert.fail()
    const state = await readTogether(testCtx(), ctx => snapshot(ctx, channelId))
    const history: History = {
      operations: pupils.flatMap(pupil => pupil.operations),
      stored: rows.map(({ id, place, text }) => ({
        id,
        place,
        operation: text.replace('Said as ', ''),
        kind: 'message' as const,
      })),
      scopes: [
        {
          scope,
          head: await head(),
          seqs: (await sql<{ seq: string }>('select seq from events where scope = $1 order by seq', [scope])).map(row =>
            Number(row.seq),
          ),
          fresh: [z.parse(channelScope.state, JSON.parse(JSON.stringify(state)))],
        },
      ],
      followed: pupils.flatMap(pupil => pupil.followed()),
    }
    const verdict = judgeTalk(history, channelId)
    for (const pupil of pupils) pupil.leave()
    assert.deepEqual([verdict.lost, verdict.doubled, verdict.violations], [0, 0, []], `seed ${seed}`)
    assert.ok(verdict.acknowledged >= people * 2, `${verdict.acknowledged} messages`)
  })
})
