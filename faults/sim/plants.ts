// Bugs planted on purpose around the real modules: the simulator must see each of them, or its silence means nothing.
import type { FeedFrame } from '#protocol/base/wire.ts'
import { Ring } from '#server/platform/realtime/ring.ts'

export interface SimPlant {
  readonly name: string
  readonly what: string
  /** What arrives at a person, before the store sees it. */
  readonly distort?: (frames: readonly FeedFrame[], head: number) => readonly FeedFrame[]
  /** Looks of the platform that are never taken. */
  readonly blind?: readonly ('heads' | 'rights')[]
  /** Tells no node that rights have changed. */
  readonly quiet?: true
  /** Breaks a module, and answers how to mend it. */
  readonly break?: () => () => void
}

const { accept } = Ring.prototype

export const simPlants: readonly SimPlant[] = [
  {
    name: 'gap',
    what: 'a client applies what comes without looking for a gap',
    distort(frames, head) {
      let at = head
      return frames.map(frame => (frame.n !== undefined && frame.n > at ? { ...frame, n: ++at } : frame))
    },
  },
  {
    name: 'ring',
    what: 'a node passes on what comes without looking for a gap',
    break() {
      Ring.prototype.accept = function (this: Ring, events) {
        const first = events[0]?.seq
        if (first !== undefined && this.last !== undefined) this.jump(first - 1)
        return accept.call(this, events)
      }
      return () => {
        Ring.prototype.accept = accept
      }
    },
  },
  { name: 'heads', what: 'nodes never look for what was lost last', blind: ['heads'] },
  { name: 'rights', what: 'nodes never hear that somebody was removed', blind: ['rights'], quiet: true },
]
