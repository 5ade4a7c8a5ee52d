// F1: two nodes, 200 people answering and talking; one node is killed in the middle of a write, its people move to the
// other, the killed one comes back and some of them return.
import { setTimeout as pause } from 'node:timers/promises'
import { liveCalls } from '#protocol/live.ts'
import type { FaultCase } from './fault.ts'
import { isClean } from './history.ts'
import { judgeWhole, openSchool, people, servedAgain, storm, until } from './school.ts'

const writes = 12
const gapMs = 500
const killAfterMs = 1_500
const downMs = 500

export const f1: FaultCase = {
  id: 'F1',
  what: 'kill -9 of one of two nodes while 200 people answer',
  async run(say, plant) {
    const school = await openSchool()
    try {
      const { nodes, classroom, pupils } = school
      if (plant?.pupil) for (const pupil of pupils) plant.pupil(pupil)
      const asked = await classroom.ask('Which one')
      say(`${people} people on ${nodes.map(node => node.url).join(' and ')}`)
      const raging = storm(school, asked, { writes, gapMs })
      await pause(killAfterMs)

      // In the very moment in which somebody on that node has sent and not been answered.
      const hit = pupils.filter(pupil => pupil.url === nodes[0].url)
      const killed = new Promise<number>(resolve => {
        for (const pupil of hit)
          pupil.onSend = () => {
            for (const one of hit) one.onSend = () => undefined
            void nodes[0].kill()
            resolve(performance.now())
          }
      })
      const at = await killed
      const open = hit.reduce((sum, pupil) => sum + pupil.inFlight, 0)
      say(`killed ${nodes[0].url} with ${open} writes of its ${hit.length} people unanswered`)
      const served = servedAgain(hit)
      await pause(downMs)
      await school.restart(0)
      say(`the killed node is back after ${((performance.now() - at) / 1000).toFixed(1)} s`)
      await Promise.all(hit.filter((_, index) => index % 2 === 0).map(pupil => pupil.move(nodes[0].url)))
      const [, recovered] = await Promise.all([raging, served])

      await plant?.database?.(school)
      const { deliveryId } = asked
      const state = pupils[0]?.followed()[0]?.state as { stage: { step: number } | null } | undefined
      const steer = { runId: classroom.run.id, deliveryId, step: state?.stage?.step ?? 0, steer: { do: 'lock' } }
      await classroom.host.call(liveCalls.steer, steer as never)
      await until(
        () =>
          pupils.every(pupil => {
            const seen = pupil.followed()[0]?.state as { stage: { view: { phase: string } } | null }
            return seen.stage?.view.phase === 'closed'
          }),
        'everybody to see the close',
      )
      const verdict = await judgeWhole(school)
      return {
        id: this.id,
        what: this.what,
        injected: plant ? `SIGKILL, and planted: ${plant.what}` : 'SIGKILL, restart, half of its people return',
        ...verdict,
        recovery_s: Number(recovered.toFixed(2)),
        met: isClean(verdict),
      }
    } finally {
      await school.stop()
    }
  },
}
