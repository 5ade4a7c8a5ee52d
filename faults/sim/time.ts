// Time that only passes when it is told to: timers, `performance.now` and chance of one simulated schedule. While it runs,
// the globals are its own, so that the product's modules need no clock handed to them. Never two at once.
import { type Dice, dice } from '#server/seeds/dice.ts'

// The real one, taken before anybody replaces it: between two timers every promise of the first must have run.
const settle = setImmediate
const breathe = () => new Promise<void>(resolve => settle(resolve))

interface Timer {
  at: number
  order: number
  run: (() => void) | undefined
  unref(): Timer
  ref(): Timer
}

const before = (a: Timer, b: Timer) => a.at < b.at || (a.at === b.at && a.order < b.order)

export class VirtualTime {
  now = 0
  readonly dice: Dice
  #order = 0
  // A binary heap, the next timer first.
  readonly #heap: Timer[] = []

  constructor(seed: string) {
    this.dice = dice(seed)
  }

  after(ms: number, run: () => void): Timer {
    const timer: Timer = {
      at: this.now + Math.max(0, ms),
      order: this.#order++,
      run,
      unref: () => timer,
      ref: () => timer,
    }
    const heap = this.#heap
    let place = heap.push(timer) - 1
    for (let up = (place - 1) >> 1; place > 0; up = (place - 1) >> 1) {
      const parent = heap[up] as Timer
      if (!before(timer, parent)) break
      heap[place] = parent
      place = up
    }
    heap[place] = timer
    return timer
  }

  /** Something that takes a random time between the two, in milliseconds. */
  wait(least: number, most: number): Promise<void> {
    return new Promise(resolve => {
      this.after(this.dice.between(least, most), resolve)
    })
  }

  /** Lets everything happen up to a moment. */
  async runUntil(moment: number): Promise<void> {
    await breathe()
    for (let next = this.#heap[0]; next && next.at <= moment; next = this.#heap[0]) {
      this.#take()
      if (!next.run) continue
      this.now = Math.max(this.now, next.at)
      const { run } = next
      next.run = undefined
      run()
      await breathe()
    }
    this.now = Math.max(this.now, moment)
  }

  #take(): void {
    const heap = this.#heap
    const last = heap.pop() as Timer
    if (heap.length === 0) return
    let place = 0
    for (;;) {
      let child = 2 * place + 1
      if (child >= heap.length) break
      const right = heap[child + 1]
      if (right && before(right, heap[child] as Timer)) child++
      if (!before(heap[child] as Timer, last)) break
      heap[place] = heap[child] as Timer
      place = child
    }
    heap[place] = last
  }

  /** Puts itself in the place of the machine's clock and chance; answers how to put those back. */
  install(): () => void {
    const real = { setTimeout, clearTimeout, setImmediate, random: Math.random }
    const cancel = (timer: Timer | undefined) => {
      if (timer) timer.run = undefined
    }
    const place = {
      setTimeout: (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => this.after(ms, () => run(...args)),
      clearTimeout: cancel,
      setImmediate: (run: (...args: unknown[]) => void, ...args: unknown[]) => this.after(0, () => run(...args)),
    }
    Object.assign(globalThis, place)
    Object.defineProperty(performance, 'now', { value: () => this.now, configurable: true })
    Math.random = () => this.dice.next()
    return () => {
      Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout })
      globalThis.setImmediate = real.setImmediate
      Reflect.deleteProperty(performance, 'now')
      Math.random = real.random
    }
  }
}
