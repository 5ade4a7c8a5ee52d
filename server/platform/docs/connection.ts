// One open connection to a document: who it is, what it may, how much it may say, and what of it is committed. Writes
// go to the socket itself, as frames that were encoded once for everybody; it knows nothing of what is in them.
import { randomUUID } from 'node:crypto'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { documentClose, documentLimits } from '#protocol/base/documents.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Who } from '../ctx.ts'
import { rightsFrame, savedFrame } from './messages.ts'

export type Member = Extract<Who, { kind: 'account' }>
export type CloseReason = keyof typeof documentClose

/** Bytes a reader may be behind, beside what it asked for itself. */
const mostBehind = 1024 * 1024
/** How long a peer may take to answer a close. */
const closePatienceMs = 2_000

export interface ConnectionParts {
  readonly ws: WebSocket
  /** The stream below `ws`; compression is off, so that whole frames may be written to it. */
  readonly stream: Duplex
  readonly who: Member
  readonly cookie: string | undefined
  readonly address: string
  readonly local: boolean
  /** Wants our own messages beside the stock ones. */
  readonly extended: boolean
  readonly mayWrite: boolean
}

export class DocumentConnection {
  readonly id = randomUUID()
  readonly ws: WebSocket
  who: Member
  mayWrite: boolean
  /** Has been given the document, and hears of every change since. */
  follows = false
  alive = true
  #closing: CloseReason | undefined
  #muted = false
  #rightsTold: boolean | undefined
  #deniedTold = false
  // Messages with an update: how many came, which are not settled yet, how many were refused.
  #received = 0
  #open: number[] = []
  #refused = 0
  #savedTold = -1
  #refusedTold = -1
  #behind = mostBehind
  #messages: number = documentLimits.burst
  #bytes: number = documentLimits.burstBytes
  #filledAt = performance.now()

  constructor(readonly parts: ConnectionParts) {
    this.ws = parts.ws
    this.who = parts.who
    this.mayWrite = parts.mayWrite
    parts.stream.on('drain', () => {
      this.#behind = mostBehind
    })
  }

  get accountId(): AccountId {
    return this.who.accountId
  }

  get open(): boolean {
    return this.ws.readyState === this.ws.OPEN
  }

  /** Takes one message of so many bytes from the budget. False: too many. */
  maySay(bytes: number): boolean {
    const now = performance.now()
    const seconds = (now - this.#filledAt) / 1000
    this.#filledAt = now
    this.#messages = Math.min(documentLimits.burst, this.#messages + seconds * documentLimits.perSecond)
    this.#bytes = Math.min(documentLimits.burstBytes, this.#bytes + seconds * documentLimits.bytesPerSecond)
    this.#messages--
    this.#bytes -= bytes
    return this.#messages >= 0 && this.#bytes >= 0
  }

  /** Counts a message with an update; answers its number. From here on it is not saved, whatever it waits for. */
  receive(): number {
    this.#open.push(++this.#received)
    return this.#received
  }

  /** The message is committed, refused, or had nothing new in it. */
  settle(number: number): void {
    this.#open = this.#open.filter(one => one !== number)
  }

  refuse(): void {
    this.#refused++
  }

  /** What this connection is to be told of its own, as one piece; undefined when it knows everything. */
  dueFrame(): Buffer | undefined {
    const due: Buffer[] = []
    if (this.parts.extended) {
      if (this.#rightsTold !== this.mayWrite) due.push(rightsFrame(this.mayWrite))
      this.#rightsTold = this.mayWrite
      const upTo = (this.#open[0] ?? this.#received + 1) - 1
      if (upTo !== this.#savedTold || this.#refused !== this.#refusedTold) due.push(savedFrame(upTo, this.#refused))
      this.#savedTold = upTo
      this.#refusedTold = this.#refused
    }
    return due.length > 0 ? Buffer.concat(due) : undefined
  }

  /** True once: a stock client is told of its first refused update in the words of y-protocols. */
  tellDenied(): boolean {
    const first = !this.#deniedTold && !this.parts.extended
    this.#deniedTold = true
    return first
  }

  /** Hands over whole frames. False when the connection is closed, or was too far behind and is closed now. */
  write(frames: Buffer): boolean {
    if (!this.open) return false
    const { stream } = this.parts
    if (stream.writableLength > this.#behind) {
      this.close('tooFast')
      return false
    }
    stream.write(frames)
    return true
  }

  /** The same for what it asked for: a large answer on a slow line does not make it late. */
  answer(frames: Buffer): boolean {
    if (this.open) this.#behind += frames.length
    return this.write(frames)
  }

  /** What it says still counts: it stands, or goes because the node does. */
  get mayBeHeard(): boolean {
    return !this.#muted && (this.#closing === undefined || this.#closing === 'move')
  }

  /** Sends it elsewhere and hears nothing more of it: what it said and was not taken is still with its client. */
  mute(): void {
    this.#muted = true
    this.ws.resume()
    this.close('move')
  }

  close(reason: CloseReason): void {
    this.follows = false
    this.#closing ??= reason
    if (!this.open) return
    this.ws.close(documentClose[reason], reason)
    setTimeout(() => this.ws.terminate(), closePatienceMs).unref()
  }
}
