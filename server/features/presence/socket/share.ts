// How nodes tell each other who is in a room: a slice a node in Redis with an expiry, and a message a net change with
// a version. Whatever is lost is found by its version and read anew. Redis is never the truth: each node knows its own.
import { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Mark, Marks, NetChange } from '../rules.ts'

/** How long a slice outlives the node that stopped refreshing it, in seconds. */
export const sliceSeconds = 10

export interface RemoteSlice {
  readonly version: number
  readonly marks: Map<AccountId, Mark>
}

export interface Told {
  readonly node: string
  readonly version: number
  /** Absent in a mere sign of life. */
  readonly change: NetChange | undefined
}

export interface Share {
  /** Begins to hear a room; what was published before is had by `read`. */
  open(room: string): Promise<void>
  close(room: string): void
  /** Stores the slice and tells the others; `whole` when it may not be in Redis as it was last stored. */
  publish(room: string, version: number, change: NetChange, whole: Marks | undefined): void
  readAll(room: string): Promise<Map<string, RemoteSlice>>
  read(room: string, node: string): Promise<RemoteSlice | undefined>
  stop(): Promise<void>
}

const markOf = (text: unknown): Mark => (text === 'r' ? 'reconnecting' : 'here')
const textOf = (mark: Mark): string => (mark === 'here' ? 'h' : 'r')
const versionField = 'version'

function toSlice(hash: Record<string, string>): RemoteSlice | undefined {
  const { [versionField]: version, ...rest } = hash
  if (version === undefined) return undefined
  const marks = Object.entries(rest).map(([account, text]) => [account as AccountId, markOf(text)] as const)
  return { version: Number(version), marks: new Map(marks) }
}

function unpack(message: string): Told | undefined {
  try {
    const { n, v, s, g } = JSON.parse(message) as { n: string; v: number; s?: Record<string, string>; g?: AccountId[] }
    if (typeof n !== 'string' || !Number.isSafeInteger(v)) return undefined
    if (s === undefined && g === undefined) return { node: n, version: v, change: undefined }
    const set = Object.entries(s ?? {}).map(([account, text]) => [account as AccountId, markOf(text)] as const)
    return { node: n, version: v, change: { set, gone: g ?? [] } }
  } catch {
    return undefined
  }
}

export interface ShareParts {
  readonly url: string
  readonly prefix: string
  readonly node: string
  readonly log: Logger
  readonly told: (room: string, told: Told) => void
  /** Redis came back: what it holds of us may be gone. */
  readonly back: () => void
}

/** Opens a node's connections for presence. A Redis that is away costs nothing but the others' slices. */
export function redisShare(parts: ShareParts): Share {
  const retryStrategy = (times: number) => Math.min(100 * 2 ** Math.min(times, 4), 1_000)
  const speaking = new Redis(parts.url, {
    retryStrategy,
    // What can't be said now is said anew when Redis is back.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 3_000,
  })
  const listening = new Redis(parts.url, { retryStrategy, maxRetriesPerRequest: null, connectTimeout: 3_000 })
  for (const one of [speaking, listening]) one.on('error', error => parts.log.debug({ err: error }, 'presence'))
  const prefix = `${parts.prefix}presence:`
  const quietly = (work: Promise<unknown>) => {
    work.catch(error => parts.log.debug({ err: error }, 'presence was not shared'))
  }
  // The braces keep a room's keys and its channel on one shard of a cluster.
  const channel = (room: string) => `${prefix}{${room}}`
  const sliceKey = (room: string, node: string) => `${prefix}{${room}}:${node}`
  const nodesKey = (room: string) => `${prefix}{${room}}:nodes`

  listening.on('smessage', (name: string, message: string) => {
    if (!name.startsWith(`${prefix}{`)) return
    const told = unpack(message)
    if (told && told.node !== parts.node) parts.told(name.slice(prefix.length + 1, -1), told)
  })
  speaking.on('ready', parts.back)

  async function read(room: string, node: string): Promise<RemoteSlice | undefined> {
    return toSlice(await speaking.hgetall(sliceKey(room, node)))
  }

  return {
    async open(room) {
      await listening.ssubscribe(channel(room))
    },
    close(room) {
      quietly(listening.sunsubscribe(channel(room)))
      quietly(speaking.multi().del(sliceKey(room, parts.node)).srem(nodesKey(room), parts.node).exec())
    },
    publish(room, version, change, whole) {
      const key = sliceKey(room, parts.node)
      const work = speaking.multi()
      if (whole) {
        work.del(key)
        for (const [account, mark] of whole) work.hset(key, account, textOf(mark))
      } else {
        if (change.set.length > 0) work.hset(key, Object.fromEntries(change.set.map(([a, mark]) => [a, textOf(mark)])))
        if (change.gone.length > 0) work.hdel(key, ...change.gone)
      }
      work.hset(key, versionField, version).expire(key, sliceSeconds)
      work.sadd(nodesKey(room), parts.node).expire(nodesKey(room), sliceSeconds * 6)
      const news = change.set.length + change.gone.length > 0 || whole !== undefined
      const message = {
        n: parts.node,
        v: version,
        ...(news && { s: Object.fromEntries(change.set.map(([a, mark]) => [a, textOf(mark)])), g: change.gone }),
      }
      work.spublish(channel(room), JSON.stringify(message))
      quietly(work.exec())
    },
    read,
    async readAll(room) {
      const nodes = (await speaking.smembers(nodesKey(room))).filter(node => node !== parts.node)
      const slices = new Map<string, RemoteSlice>()
      const gone: string[] = []
      for (const node of nodes) {
        const slice = await read(room, node)
        if (slice) slices.set(node, slice)
        else gone.push(node)
      }
      if (gone.length > 0) quietly(speaking.srem(nodesKey(room), ...gone))
      return slices
    },
    async stop() {
      speaking.disconnect()
      listening.disconnect()
    },
  }
}
