// One time for everything that happened: deeds are noted in any order and played in the order of their moments, each
// through a real action, as the person and at the moment. What people said is written in groups, as a busy node does.

import type { OperationId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { ChannelId, MessageId } from '#protocol/channels.ts'
import { channelCalls } from '#protocol/channels.ts'
import { reactToMessages, sendMessages } from '#server/features/channels/index.ts'
import type { RunningNode } from '#server/main.ts'
import type { Ctx, Who } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { later } from './calendar.ts'

export type Node = Pick<RunningNode, 'as'>
export type Person = Extract<Who, { kind: 'account' }>

/** Where something is said; a class's chat has its id once the class has begun. */
export interface Room {
  id?: ChannelId
}

/** Something said. `messageId` is known once it was. */
export interface Line {
  readonly at: Date
  readonly who: Person
  readonly room: Room
  readonly text: string
  readonly title?: string | undefined
  readonly answers?: Line | undefined
  readonly mentions?: readonly Person[] | undefined
  readonly reactions?: readonly { readonly who: Person; readonly emoji: string }[] | undefined
  /** What became of it within a minute or so: other words, or none. */
  readonly fate?: { readonly edited: string } | 'removed' | undefined
  messageId?: MessageId
}

type Deed = { readonly at: Date } & ({ readonly line: Line } | { readonly run: () => Promise<unknown> })

/** An action announces to four scopes at most. */
const mostRooms = 3
const mostTogether = 300

/** What a storm takes: one entry for each, with its own person and moment. */
const entries = <I>(ctx: Ctx, inputs: readonly { who: Person; at: Date; input: I }[]) =>
  inputs.map(({ who, at, input }) => ({ ctx: { ...ctx, who, now: at }, operationId: newId() as OperationId, input }))

export class Timeline {
  readonly #deeds: Deed[] = []
  #together: Line[] = []

  constructor(readonly node: Node) {}

  /** Notes that somebody says something. */
  say(line: Line): Line {
    this.#deeds.push({ at: line.at, line })
    return line
  }

  /** Notes that something is done. */
  at(at: Date, run: () => Promise<unknown>): void {
    this.#deeds.push({ at, run })
  }

  /** Plays everything noted so far; what a deed notes while it runs is not waited for. */
  async play(): Promise<void> {
    // Stable: what happens at one moment happens in the order in which it was noted.
    const deeds = this.#deeds.splice(0).sort((a, b) => a.at.getTime() - b.at.getTime())
    for (const deed of deeds) {
      if ('run' in deed) {
        await this.#write()
        await deed.run()
      } else await this.#gather(deed.line)
    }
    await this.#write()
  }

  async #gather(line: Line): Promise<void> {
    const rooms = new Set([...this.#together.map(one => one.room), line.room])
    const open = line.answers !== undefined && line.answers.messageId === undefined
    if (open || rooms.size > mostRooms || this.#together.length >= mostTogether) await this.#write()
    this.#together.push(line)
  }

  async #write(): Promise<void> {
    const lines = this.#together.splice(0)
    const last = lines.at(-1)
    if (!last) return
    const insider = this.node.as(last.who, last.at)
    const said = lines.map(line => ({ who: line.who, at: line.at, input: inputOf(line) }))
    const answers = await insider.act(ctx => sendMessages(ctx, entries(ctx, said)))
    for (const [index, line] of lines.entries()) {
      const answer = answers[index]
      if (!answer || answer instanceof Problem) throw new Error(`"${line.text}" was refused`, { cause: answer })
      line.messageId = answer.messageId
    }
    const given = lines.flatMap(line =>
      (line.reactions ?? []).map(({ who, emoji }) => ({
        who,
        at: later(last.at, 1),
        input: { messageId: line.messageId as MessageId, emoji, set: 'on' as const },
      })),
    )
    if (given.length > 0) await insider.act(ctx => reactToMessages(ctx, entries(ctx, given)))
    for (const line of lines) await this.#after(line)
  }

  async #after({ at, who, fate, messageId }: Line): Promise<void> {
    if (!fate || !messageId) return
    const soon = this.node.as(who, later(at, 45))
    if (fate === 'removed') await soon.call(channelCalls.remove, { messageId })
    else await soon.call(channelCalls.edit, { messageId, version: 0, text: fate.edited })
  }
}

function inputOf({ room, text, title, answers, mentions }: Line) {
  if (!room.id) throw new Error(`"${text}" is said where nothing is yet`)
  return {
    channelId: room.id,
    text,
    title,
    replyTo: answers?.messageId,
    mentions: mentions?.map(one => one.accountId),
  }
}
