// What nodes tell each other: lost, doubled, late, overtaken. A node may be cut off from it for a while, and knows that or
// does not.

import type { ScopeAddress } from '#protocol/base/scope.ts'
import type { Bus, BusEars } from '#server/platform/realtime/bus.ts'
import type { VirtualTime } from './time.ts'

interface Member {
  ears: BusEars | undefined
  readonly hears: Set<ScopeAddress>
  deaf: boolean
}

export class Buses {
  readonly #members = new Set<Member>()
  /** How often a message is lost, and how often it comes twice. */
  trouble = { lost: 0.15, doubled: 0.1, slowest: 200 }

  constructor(private readonly time: VirtualTime) {}

  /** A node's end, and how to cut it off. */
  join(): { bus: Bus; cut(ms: number): void; leave(): void } {
    const { time } = this
    const me: Member = { ears: undefined, hears: new Set(), deaf: false }
    this.#members.add(me)
    const send = (deliver: (to: BusEars, member: Member) => void) => {
      for (const member of this.#members) {
        if (member === me || me.deaf || time.dice.chance(this.trouble.lost)) continue
        for (let copies = time.dice.chance(this.trouble.doubled) ? 2 : 1; copies > 0; copies--) {
          const slow = time.dice.chance(0.2) ? this.trouble.slowest : 8
          time.after(time.dice.between(0.2, slow), () => {
            if (member.ears && !member.deaf && this.#members.has(member)) deliver(member.ears, member)
          })
        }
      }
    }
    const bus: Bus = {
      start: ears => {
        me.ears = ears
      },
      async listen(scope) {
        // Now and then it takes longer than anybody waits, as over Redis.
        const ms = time.dice.chance(0.1) ? 600 : time.dice.between(0.2, 30)
        time.after(ms, () => me.hears.add(scope))
        await time.wait(Math.min(ms, 250), Math.min(ms, 250))
      },
      unlisten: scope => {
        me.hears.delete(scope)
      },
      sendEvents: (scope, events) =>
        send((ears, member) => {
          if (member.hears.has(scope)) ears.events(scope, events)
        }),
      sendFleeting: () => undefined,
      sendRights: subjects => send(ears => ears.rights(subjects)),
      healthy: () => !me.deaf,
      stop: async () => undefined,
    }
    return {
      bus,
      cut: ms => {
        me.deaf = true
        time.after(ms, () => {
          me.deaf = false
        })
      },
      leave: () => this.#members.delete(me),
    }
  }
}
