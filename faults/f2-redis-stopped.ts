// F2: Redis is away for ten seconds in the middle of a class on two nodes. Nothing acknowledged may be lost, everybody
// ends with the same state, and when it is back, what is said on one node is heard on the other at once again.
import { setTimeout as pause } from 'node:timers/promises'
import { bringSharedRedis } from '../bench/services.ts'
import { crossingAtOnce } from './crossing.ts'
import type { FaultCase } from './fault.ts'
import { openGate } from './gate.ts'
import { isClean } from './history.ts'
import { judgeWhole, openSchool, people, storm } from './school.ts'

const writes = 16
const gapMs = 700
const beforeMs = 1_500
const awayMs = 10_000
export const f2: FaultCase = {
  id: 'F2',
  what: 'Redis away for ten seconds while 200 people on two nodes answer and talk',
  async run(say) {
    const redis = await bringSharedRedis()
    const gate = await openGate(redis.url)
    const school = await openSchool({ redisUrl: gate.url })
    try {
      const asked = await school.classroom.ask('Which one')
      say(`${people} people on ${school.nodes.map(node => node.url).join(' and ')}`)
      const raging = storm(school, asked, { writes, gapMs })
      await pause(beforeMs)
      await gate.shut()
      say('Redis is away')
      await pause(awayMs)
      await gate.open()
      say('Redis is back')
      const recovered = await crossingAtOnce(school)
      await raging
      const verdict = await judgeWhole(school)
      return {
        id: this.id,
        what: this.what,
        injected: 'every connection to Redis broken and refused for 10 s',
        ...verdict,
        recovery_s: Number(recovered.toFixed(2)),
        met: isClean(verdict),
      }
    } finally {
      await school.stop()
      await gate.shut()
      await redis.stop()
    }
  },
}
