// A class larger than a room: its people come in by code all together, and hear themselves, the class and its channel.
import { userScope } from '#protocol/accounts.ts'
import { realtimeCalls } from '#protocol/base/realtime.ts'
import { address } from '#protocol/base/scope.ts'
import { channelScope } from '#protocol/channels.ts'
import { runScope } from '#protocol/live.ts'
import type { Classroom, Node } from './classroom.ts'
import { joinByCode, type Learner, many, openAs, openGreeted } from './learner.ts'

const width = 64

/** `count` guests more, each with a seat, a socket and three subscriptions, which answered. */
export const comeIn = (node: Node, { run, code }: Classroom, count: number): Promise<Learner[]> =>
  many(count, width, async index => {
    const learner = await openAs(node.url, await joinByCode(node.url, code, `Guest ${index + 1}`))
    const scopes = [
      address(userScope, learner.accountId),
      address(runScope, run.id),
      address(channelScope, run.channelId),
    ]
    await Promise.all(scopes.map(scope => learner.call(realtimeCalls.subscribe, { scope })))
    return learner
  })

/** The same at the bare server, which puts them in three rooms by itself. */
export const comeInBare = (url: string, count: number) =>
  many(count, width, async () => (await openGreeted(url)).socket)
