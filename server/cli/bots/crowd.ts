// A class full of bots: starts them, counts what they do, ends when the class does.
import { accountRoutes } from '#protocol/accounts.ts'
import { Problem } from '#protocol/base/problems.ts'
import { problems } from '#protocol/texts/en/problems.ts'
import { Bot } from './bot.ts'
import type { Link } from './link.ts'

export interface CrowdParts {
  readonly url: string
  readonly code: string
  readonly learners: number
  readonly seed: string
  readonly pace?: number
  /** Accounts of the demo school to come as, before guests fill up the rest. */
  readonly members?: readonly string[]
  readonly say: (line: string) => void
}

export type Tallied = Record<'joined' | 'answered' | 'late' | 'dropped' | 'said' | 'refused', number>

/** Sends bots into a class. `done` answers when the class has ended for all of them, or after `stop`. */
export function sendCrowd(parts: CrowdParts): {
  readonly tallied: Readonly<Tallied>
  /** How long answers took to be acknowledged, in milliseconds: this share of them at most so long. */
  readonly ackedWithin: (share: number) => number
  readonly done: Promise<Tallied>
  /** Why bots could not join: codes of problems, or what a fault said. */
  readonly failures: ReadonlySet<string>
  stop(): void
} {
  const tallied: Tallied = { joined: 0, answered: 0, late: 0, dropped: 0, said: 0, refused: 0 }
  const acks: number[] = []
  const bots = Array.from({ length: parts.learners }, (_, index) => {
    const member = parts.members?.[index]
    return new Bot({
      url: parts.url,
      code: parts.code,
      seed: parts.seed,
      index,
      learners: parts.learners,
      acked: ms => acks.push(Math.round(ms)),
      pace: parts.pace ?? 1,
      count: what => {
        tallied[what]++
      },
      ...(member === undefined
        ? {}
        : {
            signIn: async (link: Link) => {
              await link.request(accountRoutes.signInDemo, { accountId: member as never })
            },
          }),
    })
  })
  const failures = new Set<string>()
  const lives = bots.map(bot =>
    bot.live().catch((error: unknown) => {
      const reason = error instanceof Problem ? error.code : error instanceof Error ? error.message : String(error)
      if (!failures.has(reason))
        parts.say(`A bot could not join. ${error instanceof Problem ? problems[error.code] : reason}`)
      failures.add(reason)
    }),
  )
  return {
    tallied,
    failures,
    ackedWithin: share => [...acks].sort((a, b) => a - b)[Math.max(0, Math.ceil(acks.length * share) - 1)] ?? 0,
    done: Promise.all(lives).then(() => tallied),
    stop: () => {
      for (const bot of bots) bot.stop()
    },
  }
}
