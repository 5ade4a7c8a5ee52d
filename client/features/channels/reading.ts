// Tells the server how far somebody has read, in a channel or in a topic: at most so often, and after a failure again until
// it is told. What is refused for good is not said again before more is read.
import { ClientProblem } from '#client/platform/problem.ts'

/** Milliseconds: between two words of it, and before the first is said again; twice as long each time, `longest` at most. */
export const readRhythm = { every: 1_000, again: 2_000, longest: 60_000 } as const

export interface ReadTeller {
  /** It is read up to this number. */
  read(number: number): void
  /** The server knows so much already. */
  knows(number: number): void
}

const mayPass = (error: unknown): boolean =>
  !(error instanceof ClientProblem) || error.passing || error.code === 'internal'

/** Tells by `tell`, which rejects with what `call` throws. */
export function readTeller(
  tell: (number: number) => Promise<unknown>,
  rhythm: { readonly every: number; readonly again: number; readonly longest: number } = readRhythm,
): ReadTeller {
  let wanted = 0
  let known = 0
  let free = 0
  let pause = rhythm.again
  let due = false
  const later = (wait: number) => {
    if (due) return
    due = true
    setTimeout(say, Math.max(0, wait))
  }
  function say(): void {
    due = false
    const number = wanted
    if (number <= known) return
    free = Date.now() + rhythm.every
    tell(number).then(
      () => {
        known = Math.max(known, number)
        pause = rhythm.again
      },
      (error: unknown) => {
        if (!mayPass(error)) {
          known = Math.max(known, number)
          return
        }
        later(pause)
        pause = Math.min(pause * 2, rhythm.longest)
      },
    )
  }
  return {
    read(number) {
      if (number <= Math.max(wanted, known)) return
      wanted = number
      later(free - Date.now())
    },
    knows(number) {
      known = Math.max(known, number)
    },
  }
}
