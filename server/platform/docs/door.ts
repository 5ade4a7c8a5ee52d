// The upgrade at /collab/<documentId>: origin, session and rights are asked before a connection stands; then its
// messages are handed on in order. A refusal is a close with its code, since a browser sees no other answer.
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { collabPath, documentClose, documentLimits, extendedParam } from '#protocol/base/documents.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { Config } from '../config.ts'
import type { Who } from '../ctx.ts'
import { callerOf } from '../http/caller.ts'
import { isSameOrigin } from '../http/origin.ts'
import type { Logger } from '../log/log.ts'
import { type CloseReason, DocumentConnection, type Member } from './connection.ts'

export interface Knock {
  readonly documentId: string
  readonly who: Member
  readonly address: string
  readonly local: boolean
}

export interface DoorParts {
  readonly httpServer: Server
  readonly config: Pick<Config, 'publicUrl' | 'trustProxy'>
  readonly identify: (cookie: string | undefined) => Promise<Who>
  /** What somebody may do; throws a Problem when they may not come in. */
  readonly admit: (knock: Knock) => Promise<{ readonly mayWrite: boolean }>
  /** How many changes of rights this node has heard of. */
  readonly rightsChanges: () => number
  /**
   * A connection stands, with rights that were read after `rightsChanges` said `changes`. Answers what takes its
   * messages, or why it may not stay.
   */
  readonly enter: (documentId: string, connection: DocumentConnection, changes: number) => Entered | CloseReason
  readonly draining: () => boolean
  readonly log: Logger
}

export interface Entered {
  readonly message: (bytes: Uint8Array) => void
  readonly left: () => void
}

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** True for upgrades that are answered here. */
export const takesUpgrade = (path: string): boolean => path.startsWith(collabPath)

/** Opens the door on a server; `close` ends the handshakes that are under way. */
export function openDoor(parts: DoorParts): void {
  // Twice what is allowed: a message that is a little too long gets its own answer, a huge one is cut off by ws.
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    clientTracking: false,
    maxPayload: 2 * documentLimits.message,
  })

  async function judge(
    request: IncomingMessage,
    documentId: string,
  ): Promise<(Omit<Knock, 'documentId'> & { mayWrite: boolean }) | CloseReason> {
    if (!uuidForm.test(documentId)) return 'gone'
    const who = await parts.identify(request.headers.cookie)
    if (who.kind === 'nobody') return 'notSignedIn'
    const caller = callerOf(request, parts.config)
    try {
      return { who, ...caller, ...(await parts.admit({ documentId, who, ...caller })) }
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      return error.code === 'not-signed-in' ? 'notSignedIn' : 'gone'
    }
  }

  function stand(ws: WebSocket, stream: Duplex, request: IncomingMessage, url: URL): void {
    // Until the rights are known messages wait here; ws reads no more than the pause lets through.
    ws.pause()
    ws.on('error', error => parts.log.debug({ err: error }, 'a document connection failed'))
    const documentId = url.pathname.slice(collabPath.length)
    const refuse = (reason: CloseReason) => {
      ws.resume()
      ws.close(documentClose[reason], reason)
      setTimeout(() => ws.terminate(), 2_000).unref()
    }
    const changes = parts.rightsChanges()
    judge(request, documentId)
      .then(judged => {
        if (typeof judged === 'string') return refuse(judged)
        if (parts.draining()) return refuse('move')
        const connection = new DocumentConnection({
          ws,
          stream,
          ...judged,
          cookie: request.headers.cookie,
          extended: url.searchParams.get(extendedParam) === '1',
        })
        const entered = parts.enter(documentId, connection, changes)
        if (typeof entered === 'string') return refuse(entered)
        ws.on('message', (data: RawData, isBinary: boolean) => {
          const bytes = data as Buffer
          if (!isBinary) return connection.close('malformed')
          if (bytes.length > documentLimits.message) return connection.close('tooLarge')
          if (!connection.maySay(bytes.length)) return connection.close('tooFast')
          entered.message(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length))
        })
        ws.on('pong', () => {
          connection.alive = true
        })
        ws.on('close', entered.left)
        if (ws.readyState !== ws.OPEN) return entered.left()
        ws.resume()
      })
      .catch((error: unknown) => {
        parts.log.warn({ err: error }, 'a document connection could not be judged')
        refuse('move')
      })
  }

  parts.httpServer.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const target = request.url ?? ''
    if (!takesUpgrade(target)) return
    stream.on('error', () => undefined)
    if (!URL.canParse(target, 'http://here')) return turnAway(stream, '400 Bad Request')
    const { origin, host } = request.headers
    if (parts.draining()) return turnAway(stream, '503 Service Unavailable')
    if (!isSameOrigin(parts.config, origin, host)) return turnAway(stream, '403 Forbidden')
    sockets.handleUpgrade(request, stream, head, ws => stand(ws, stream, request, new URL(target, 'http://here')))
  })
}

function turnAway(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`, () => stream.destroy())
}
