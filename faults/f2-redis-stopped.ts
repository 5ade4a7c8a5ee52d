// F2: Redis is away for ten seconds in the middle of a class on two nodes. Nothing acknowledged may be lost, everybody
// ends with the same state, and when it is back, what is said on one node is heard on the other at once again.
import { address } from '#protocol/base/scope.ts'
import { channelScope } from '#protocol/channels.ts'
import type { FaultCase } from './fault.ts'
import { type Gate, openGate } from './gate.ts'
import { isClean, judge } from './history.ts'
import { openSchool, pause, people, type School, storm, until } from './school.ts'

const writes = 16
const gapMs = 700
const beforeMs = 1_500
const awayMs = 10_000
/** Nodes that hear nothing from Redis look into the log every 500 ms: quicker than this came through Redis. */
const atOnceMs = 150
const inARow = 3

/** Milliseconds from when a message is seen on one node until it is seen on the other. */
async function crossing(school: School, turn: number): Promise<number> {
  const scope = address(channelScope, school.classroom.run.channelId)
  const [speaker, listener] = [school.pupils[turn * 2], school.pupils[turn * 2 + 1]]
  if (!speaker || !listener) throw new Error('Nobody is left to speak')
  await speaker.say(school.classroom.run.channelId)
  const said = performance.now()
  const head = speaker.headOf(scope)
  await until(() => listener.headOf(scope) >= head, 'a message to cross', 10_000)
  return performance.now() - said
}

export const f2: FaultCase = {
  id: 'F2',
  what: 'Redis away for ten seconds while 200 people on two nodes answer and talk',
  async run(say) {
    let gate: Gate | undefined
    const school = await openSchool(async url => {
      gate = await openGate(url)
      return gate.url
    })
    try {
      const asked = await school.classroom.ask('Which one')
      say(`${people} people on ${school.nodes.map(node => node.url).join(' and ')}`)
      const raging = storm(school, asked, { writes, gapMs })
      await pause(beforeMs)
      await gate?.shut()
      say('Redis is away')
      await pause(awayMs)
      await gate?.open()
      const back = performance.now()
      say('Redis is back')
      for (let quick = 0, turn = 0; quick < inARow; turn++) {
        quick = (await crossing(school, turn)) < atOnceMs ? quick + 1 : 0
        if (performance.now() - back > 30_000) throw new Error('The nodes do not hear each other at once again')
      }
      const recovered = (performance.now() - back) / 1000
      await raging
      const history = await school.history()
      const verdict = judge(history)
      const silent = history.operations.length - verdict.acknowledged
      if (silent > 0) verdict.violations.push(`${silent} writes were never acknowledged`)
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
      await gate?.shut()
    }
  },
}
