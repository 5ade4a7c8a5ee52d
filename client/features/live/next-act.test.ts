// The host's one button always offers the step that follows.
import assert from 'node:assert/strict'
import { nextAct, sideActs, standOf } from '#client/features/live/next-act.ts'
import type { Phase } from '#protocol/activities/staged.ts'
import type { AgendaEntry, HostStage } from '#protocol/live/stage.ts'

const stage = (phase: Phase, number = 1, closesAt: string | null = null): HostStage =>
  ({
    deliveryId: 'd1',
    title: 'Cells',
    step: 1,
    view: { kind: 'quiz', phase, number, total: 2, item: null, openedAt: null, closesAt, remainingMs: null },
  }) as unknown as HostStage
const entry = (deliveryId: string, done = false) => ({ deliveryId, done, title: deliveryId }) as unknown as AgendaEntry

describe("the host's next act", () => {
  it('follows the phases to the end of the activity', () => {
    const acts = (['waiting', 'open', 'paused', 'closed', 'revealed'] as const).map(phase => {
      const act = nextAct(stage(phase), [])
      return act.does === 'steer' ? act.steer.do : act.does
    })
    assert.deepEqual(acts, ['open', 'lock', 'resume', 'reveal', 'next'])
    const last = nextAct(stage('revealed', 2), [])
    assert.equal(last.does === 'steer' && last.steer.do, 'finish')
    assert.equal(nextAct(stage('closing'), []).does, 'wait')
  })

  it('goes on with the agenda, then offers to end; to ask where nothing was planned', () => {
    const act = nextAct(stage('done'), [entry('d1'), entry('d2', true), entry('d3')])
    assert.equal(act.does === 'put' && act.entry.deliveryId, 'd3')
    assert.equal(nextAct(null, [entry('d2', true)]).does, 'end')
    assert.equal(nextAct(null, []).does, 'ask')
  })

  it('offers time only where time runs, and skipping only while something is asked', () => {
    assert.deepEqual(sideActs(stage('open')), { moreTime: undefined, pause: true, skip: { do: 'next' } })
    assert.equal(sideActs(stage('open', 1, '2026-01-01T00:00:00.000Z')).moreTime?.do, 'extend')
    const over = stage('closed')
    const again = { ...over, view: { ...over.view, item: { id: 'i1' } } } as unknown as HostStage
    assert.deepEqual(sideActs(again).moreTime, { do: 'open', itemId: 'i1', limitSeconds: 30 })
    assert.deepEqual(sideActs(stage('closed', 2)).skip, { do: 'finish' })
    assert.equal(sideActs(stage('revealed')).skip, undefined)
  })

  it('does what had to wait for the close of a question, of that question alone', () => {
    const asked = (phase: Parameters<typeof stage>[0], id = 'i1', step = 2) => {
      const at = stage(phase)
      return { ...at, step, view: { ...at.view, item: { id } } } as unknown as HostStage
    }
    for (const what of ['reveal', 'next'] as const) {
      const stand = (at: HostStage | null) => standOf({ itemId: 'i1', step: 1, steer: { do: what } }, at)
      // Locked a moment ago, which is not seen here yet; then closing; then closed.
      assert.deepEqual(
        [stand(asked('open', 'i1', 1)), stand(asked('closing')), stand(asked('closed'))],
        ['wait', 'wait', 'do'],
      )
      for (const gone of [null, asked('closed', 'i2'), asked('revealed'), asked('open'), asked('paused')])
        assert.equal(stand(gone), 'drop')
    }
    assert.equal(standOf(undefined, asked('closed')), 'drop')
  })
})
