// F5: a real Redis is restarted and then away for a minute, while a class on two nodes goes on. Nothing acknowledged may
// be lost, the class works without it, and when it is back the nodes hear each other at once again.
import { setTimeout as pause } from 'node:timers/promises'
import { crossingAtOnce } from './crossing.ts'
import type { FaultCase } from './fault.ts'
import { isClean } from './history.ts'
import { openRedis } from './redis-server.ts'
import { judgeWhole, openSchool, people, servedAgain, storm } from './school.ts'

const writes = 28
const gapMs = 2_600
const calmMs = 1_500
const awayMs = 60_000

export const f5: FaultCase = {
  id: 'F5',
  what: 'Redis restarted, and then away for a minute, while 200 people on two nodes answer and talk',
  async run(say) {
    const redis = await openRedis()
    const school = await openSchool({ redisUrl: redis.url })
    try {
      const asked = await school.classroom.ask('Which one')
      say(`${people} people on ${school.nodes.map(node => node.url).join(' and ')}`)
      const raging = storm(school, asked, { writes, gapMs })
      await pause(calmMs)
      await redis.stop('SIGTERM')
      await redis.start()
      const restarted = await crossingAtOnce(school)
      say(`restarted: at once again after ${restarted.toFixed(2)} s`)
      await redis.stop('SIGKILL')
      const served = servedAgain(school.pupils, awayMs)
      await pause(awayMs)
      say(`without Redis everybody was served within ${(await served).toFixed(1)} s`)
      await redis.start()
      const recovered = await crossingAtOnce(school)
      await raging
      const verdict = await judgeWhole(school)
      return {
        id: this.id,
        what: this.what,
        injected: 'SIGTERM and start; then SIGKILL and start after 60 s',
        ...verdict,
        recovery_s: Number(Math.max(restarted, recovered).toFixed(2)),
        met: isClean(verdict),
      }
    } finally {
      await school.stop()
      await redis.stop('SIGKILL')
    }
  },
}
