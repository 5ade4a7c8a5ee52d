// The bus over Redis 7: sharded publish and subscribe, one channel a scope and only for scopes hosted here, and one
// channel a system for changed rights. Nothing is ever stored in Redis by it.
import { randomUUID } from 'node:crypto'
import { Redis, type RedisOptions } from 'ioredis'
import type { Logger } from 'pino'
import type { ScopeAddress } from '#protocol/base/scope.ts'
import { type Bus, type BusEars, packEvents, packFleeting, unpack } from './bus.ts'

const oldestMajor = 7
const subscribePatienceMs = 250
const firstPatienceMs = 5_000

/** Thrown at start when the server can't do sharded publish and subscribe. */
export class OldRedisError extends Error {
  constructor(version: string) {
    super(`Redis ${version} is too old: Redis ${oldestMajor} or Valkey is needed (sharded publish and subscribe).`)
    this.name = 'OldRedisError'
  }
}

/** Reconnects for ever, a little later each time; a fleet must not come back in one instant. */
const retryStrategy = (times: number) => Math.min(50 * 2 ** Math.min(times, 5), 1_000) + Math.random() * 100

/** For subscriptions: commands wait for the connection and are given again after it was lost. */
const listening = { maxRetriesPerRequest: null, retryStrategy, connectTimeout: 3_000 } satisfies RedisOptions

/** For publishing: what can't be sent now is dropped, because the log has it. */
const speaking = {
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  retryStrategy,
  connectTimeout: 3_000,
} satisfies RedisOptions

export interface RedisConnections {
  readonly publisher: Redis
  readonly subscriber: Redis
  /** For @socket.io/redis-adapter, which keeps handlers of its own on its connection. */
  readonly adapterSubscriber: Redis
  close(): Promise<void>
}

async function versionOf(redis: Redis): Promise<string> {
  const info = await redis.info('server')
  // Valkey answers redis_version:7.2.4 for compatibility, whatever its own number is.
  return /redis_version:([\d.]+)/.exec(info)?.[1] ?? 'of an unknown version'
}

/**
 * Opens a node's connections. Throws OldRedisError for a Redis below 7. A Redis that cannot be reached does not stop
 * the start: the node works from the log until it comes.
 */
export async function connectRedis(url: string, log: Logger): Promise<RedisConnections> {
  const publisher = new Redis(url, speaking)
  const subscriber = new Redis(url, listening)
  const adapterSubscriber = new Redis(url, listening)
  const all = [publisher, subscriber, adapterSubscriber]
  // Without a listener a lost connection would end the process.
  for (const one of all) one.on('error', error => log.debug({ err: error }, 'redis'))
  let closing = false
  publisher.on('close', () => {
    if (!closing) log.warn('Redis is away; announcements reach other nodes late')
  })
  publisher.on('ready', () => log.info('Redis is there'))
  const close = async () => {
    closing = true
    for (const one of all) one.disconnect()
  }
  const first = await new Promise<'ready' | 'away'>(resolve => {
    const timer = setTimeout(() => resolve('away'), firstPatienceMs)
    publisher.once('ready', () => {
      clearTimeout(timer)
      resolve('ready')
    })
  })
  if (first === 'ready') {
    const version = await versionOf(publisher)
    if (!(Number.parseInt(version, 10) >= oldestMajor)) {
      await close()
      throw new OldRedisError(version)
    }
  }
  return { publisher, subscriber, adapterSubscriber, close }
}

/** `prefix` keeps applications on one Redis apart. */
export function redisBus(connections: RedisConnections, prefix: string, log: Logger): Bus {
  const { publisher, subscriber } = connections
  const node = randomUUID()
  const scopePrefix = `${prefix}s:`
  const rightsChannel = `${prefix}rights`
  let stopped = false

  const send = (channel: string, message: string) => {
    publisher.spublish(channel, message).catch((error: unknown) => {
      if (!stopped) log.debug({ err: error }, 'a message to other nodes was lost')
    })
  }

  function hear(ears: BusEars, channel: string, message: string): void {
    if (channel === rightsChannel) {
      const [from, ...subjects] = message.split('\n')
      if (from !== node) ears.rights(subjects)
      return
    }
    if (!channel.startsWith(scopePrefix)) return
    const scope = channel.slice(scopePrefix.length) as ScopeAddress
    const said = unpack(scope, message)
    if (!said) log.warn({ scope }, 'another node sent something this release does not know')
    if (!said || said.from === node) return
    if (said.kind === 'events') ears.events(scope, said.events)
    else ears.fleeting(scope, said.frame)
  }

  // What is not heard so is found by the looks at heads and at the numbers of rights.
  const subscribe = (channel: string) =>
    subscriber.ssubscribe(channel).then(
      () => undefined,
      (error: unknown) => {
        if (!stopped) log.warn({ err: error, channel }, 'could not listen to other nodes')
      },
    )

  return {
    start(ears) {
      subscriber.on('smessage', (channel: string, message: string) => hear(ears, channel, message))
      void subscribe(rightsChannel)
    },
    async listen(scope) {
      let timer: NodeJS.Timeout | undefined
      const patience = new Promise<void>(resolve => {
        timer = setTimeout(resolve, subscribePatienceMs)
      })
      await Promise.race([subscribe(scopePrefix + scope), patience])
      clearTimeout(timer)
    },
    unlisten(scope) {
      // What still comes for it finds nobody; with the connection the subscription is gone anyway.
      subscriber.sunsubscribe(scopePrefix + scope).catch(() => undefined)
    },
    sendEvents: (scope, events) => send(scopePrefix + scope, packEvents(node, events)),
    sendFleeting: (scope, frame) => send(scopePrefix + scope, packFleeting(node, frame)),
    sendRights: subjects => send(rightsChannel, [node, ...subjects].join('\n')),
    healthy: () => publisher.status === 'ready' && subscriber.status === 'ready',
    async stop() {
      stopped = true
    },
  }
}
