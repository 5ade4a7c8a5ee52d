// Hashing and checking of passwords: slow on purpose, so it stands in a short queue and never inside a transaction.
import { hash, verify } from '@node-rs/argon2'
import { Problem } from '#protocol/base/problems.ts'

/** Argon2id (the library's default kind), 19 MiB, two passes: the least OWASP's password storage sheet recommends. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
/** Two at a time: more would only take turns on the cores that everybody else's class runs on. */
const width = 2
/** About five seconds of work. A school that arrives at ten fits; a flood is told to come back. */
const longest = 400

const waiting: (() => void)[] = []
let running = 0

/** Runs slow work in its turn. Throws `busy` when too many wait. */
export async function inPasswordQueue<T>(work: () => Promise<T>): Promise<T> {
  if (running >= width) {
    if (waiting.length >= longest) throw new Problem('busy', { params: { retryAfter: 3 } })
    await new Promise<void>(resolve => waiting.push(resolve))
  } else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    // A waiting one takes over this place; only without one does it become free.
    if (next) next()
    else running--
  }
}

const plain = (typed: string) => typed.normalize('NFKC')

/** The hash of a password, to be kept. */
export const hashPassword = (typed: string): Promise<string> => inPasswordQueue(() => hash(plain(typed), cost))

let dummy: Promise<string> | undefined

/**
 * Does the password fit? Without a hash a dummy is checked, so that an account that does not exist takes as long. Only
 * inside `inPasswordQueue`.
 */
export async function fits(typed: string, kept: string | null): Promise<boolean> {
  dummy ??= hash('nobody has this password', cost)
  const right = await verify(kept ?? (await dummy), plain(typed))
  return kept !== null && right
}
