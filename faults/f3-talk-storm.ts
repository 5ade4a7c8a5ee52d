// F3: two hundred people write into one channel at once for a minute, on two nodes, while their connections drop again
// and again. Every client ends with the ordered log that the database has, and nobody's words are lost or doubled.
import { setTimeout as pause } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { address, type StateOf } from '#protocol/base/scope.ts'
import { channelCalls, channelScope, messageWindow } from '#protocol/channels.ts'
import { type Dice, dice } from '#server/seeds/dice.ts'
import { learnerOn } from '../bench/learner.ts'
import type { FaultCase } from './fault.ts'
import { type History, isClean, judge, type Verdict } from './history.ts'
import type { Pupil } from './pupil.ts'
import { openSchool, people } from './school.ts'

const lasts = 60_000
const dropEveryMs = 120

export interface TalkStorm {
  readonly pupils: readonly Pupil[]
  readonly urls: readonly string[]
  readonly channelId: string
  readonly seed: number
  readonly ms: number
  readonly dropEveryMs: number
}

const stateOf = (pupil: Pupil, scope: string) =>
  pupil.followed().find(one => one.scope === scope)?.state as StateOf<typeof channelScope> | undefined

/** Reacts to what was said last, as far as this person has heard; what is refused or lost is nobody's loss. */
async function react(pupil: Pupil, scope: string, chance: Dice): Promise<void> {
  const messages = stateOf(pupil, scope)?.messages ?? []
  const one = messages[Math.floor(chance.next() * messages.length)]
  if (!one) return
  const input = { messageId: one.id, emoji: chance.pick(['👍', '🎉']), set: chance.chance(0.8) ? 'on' : 'off' } as const
  await learnerOn(await pupil.connected())
    .call(channelCalls.react, input)
    .catch(() => undefined)
}

/** Everybody writes about once a second and reacts now and then, while connections drop. Answers how many dropped. */
export async function talkStorm({ pupils, urls, channelId, seed, ms, dropEveryMs }: TalkStorm): Promise<number> {
  const scope = address(channelScope, channelId)
  const end = performance.now() + ms
  const raging = pupils.map(async (pupil, index) => {
    const chance = dice(`${seed}/person ${index}`)
    while (performance.now() < end) {
      await pause(chance.between(400, 1_600))
      if (chance.chance(0.15)) await react(pupil, scope, chance)
      else await pupil.say(channelId)
    }
  })
  const chance = dice(`${seed}/drops`)
  let drops = 0
  const dropping = (async () => {
    while (performance.now() < end) {
      await pause(chance.between(0, 2 * dropEveryMs))
      const pupil = pupils[Math.floor(chance.next() * pupils.length)]
      const url = urls[Math.floor(chance.next() * urls.length)]
      if (!pupil || url === undefined) continue
      drops++
      void pupil.move(url)
    }
  })()
  await Promise.all([...raging, dropping])
  return drops
}

/** Beside what `judge` finds: everybody's window is the end of the database's own order. */
export function judgeTalk(history: History, channelId: string): Verdict {
  const verdict = judge(history)
  const scope = address(channelScope, channelId)
  const said = history.stored.filter(row => row.kind === 'message').sort((a, b) => a.place - b.place)
  const expected = said.slice(-messageWindow).map(row => row.id)
  for (const { client, scope: at, state } of history.followed) {
    if (at !== scope) continue
    const seen = (state as StateOf<typeof channelScope>).messages.map(one => one.id as string)
    if (!isDeepStrictEqual(seen, expected))
      verdict.violations.push(`${client}: sees another order than the database has`)
  }
  const silent = history.operations.length - verdict.acknowledged
  if (silent > 0) verdict.violations.push(`${silent} messages were never acknowledged`)
  return verdict
}

export const f3: FaultCase = {
  id: 'F3',
  what: '200 people write in one channel for a minute through drops, on two nodes',
  async run(say) {
    // FAULT_SEED repeats a run that went wrong.
    const seed = Number(process.env.FAULT_SEED ?? Math.floor(Math.random() * 2 ** 31))
    const school = await openSchool()
    try {
      const { pupils, nodes, classroom } = school
      const { channelId } = classroom.run
      say(`seed ${seed}, ${people} people on ${nodes.map(node => node.url).join(' and ')}`)
      const urls = nodes.map(node => node.url)
      const drops = await talkStorm({ pupils, urls, channelId, seed, ms: lasts, dropEveryMs })
      const ended = performance.now()
      const history = await school.history()
      const verdict = judgeTalk(history, channelId)
      say(`${verdict.acknowledged} messages, ${drops} connections dropped`)
      return {
        id: this.id,
        what: this.what,
        injected: `${drops} dropped connections, seed ${seed}`,
        ...verdict,
        recovery_s: Number(((performance.now() - ended) / 1000).toFixed(2)),
        met: isClean(verdict),
      }
    } finally {
      await school.stop()
    }
  },
}
