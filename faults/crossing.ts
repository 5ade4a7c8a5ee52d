// How fast what is said on one node is heard on the other: through Redis at once, through the log a while later.
import { address } from '#protocol/base/scope.ts'
import { channelScope } from '#protocol/channels.ts'
import { type School, until } from './school.ts'

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

/** Seconds from now until messages cross at once again, three in a row. Throws when they do not within half a minute. */
export async function crossingAtOnce(school: School): Promise<number> {
  const from = performance.now()
  for (let quick = 0, turn = 0; quick < inARow; turn++) {
    quick = (await crossing(school, turn)) < atOnceMs ? quick + 1 : 0
    if (performance.now() - from > 30_000) throw new Error('The nodes do not hear each other at once again')
  }
  return (performance.now() - from) / 1000
}
