// Document servers for the tests of the platform: a kind of document whose rights are held in memory, on HTTP servers of
// their own. Never part of the product.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import type { AccountId, SessionId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { arrange, makeAccount, testCtx } from '#server/test/factories.ts'
import type { Sql, Who } from '../ctx.ts'
import { newId } from '../db/id.ts'
import { plain, sql } from '../db/sequelize.ts'
import { connectRedis } from '../realtime/redis-bus.ts'
import { type DocumentBus, redisDocumentBus, silentDocumentBus } from './between.ts'
import { createDocuments, type Documents, type DocumentsParts } from './documents.ts'
import { createDocument } from './stored.ts'

export type Right = 'write' | 'read' | 'none'

/** What people may do with sheets, on every node of this process; `write` where nothing is said. */
export const sheetRights = new Map<string, Right>()
/** Said when rights are asked about, before they are answered: what a test does in between, or that they can not be read. */
export const whileAsked: { run: (() => Promise<void> | void) | undefined } = { run: undefined }
/** Accounts whose session has ended. */
export const signedOut = new Set<string>()

export interface SheetNode {
  readonly url: string
  readonly documents: Documents
  stop(): Promise<void>
}

export interface SheetNodeOptions {
  readonly redisUrl?: string
  readonly bus?: (bus: DocumentBus) => DocumentBus
  readonly sql?: (own: Sql) => Sql
  readonly rhythm?: DocumentsParts['rhythm']
}

export const cookieOf = (accountId: string): string => `account=${accountId}`

const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' })

/** An empty sheet. */
export async function makeSheet(): Promise<string> {
  const id = newId<'Sheet'>()
  await arrange(ctx => createDocument(ctx, { id, kind: 'sheet' }))
  return id
}

/** An account that may write. */
export const makeWriter = (name?: string): Promise<AccountId> => makeAccount(name === undefined ? {} : { name })

/** Starts a node on the database the process has open. */
export async function startSheetNode(options: SheetNodeOptions = {}): Promise<SheetNode> {
  const httpServer = createServer()
  const redis = options.redisUrl ? await connectRedis(options.redisUrl, log) : undefined
  const bus = redis ? redisDocumentBus(redis, 'sheets:', log) : silentDocumentBus()
  const identify = async (cookie: string | undefined): Promise<Who> => {
    const accountId = /account=([0-9a-f-]+)/.exec(cookie ?? '')?.[1]
    if (!accountId || signedOut.has(accountId)) return { kind: 'nobody' }
    return {
      kind: 'account',
      accountId: accountId as AccountId,
      sessionId: newId() as SessionId,
      siteRole: 'member',
      name: `Name of ${accountId}`,
    }
  }
  const documents = createDocuments({
    httpServer,
    config: { publicUrl: null, trustProxy: false },
    bindings: [
      {
        kind: 'sheet',
        rights: async ctx => {
          const right = ctx.who.kind === 'account' ? (sheetRights.get(ctx.who.accountId) ?? 'write') : 'none'
          await whileAsked.run?.()
          if (right === 'none') throw new Problem('not-found')
          return { mayWrite: right === 'write' }
        },
      },
    ],
    identify,
    makeCtx: (who, address, local) => testCtx({ who, address, local }),
    sql: options.sql ? options.sql(sql) : sql,
    query: (name, text, values) => plain.query({ name, text, values: [...values] }),
    transaction: async run => {
      const client = await plain.connect()
      try {
        await client.query('begin')
        const value = await run(client)
        await client.query('commit')
        return value
      } catch (error) {
        await client.query('rollback')
        throw error
      } finally {
        client.release()
      }
    },
    bus: options.bus ? options.bus(bus) : bus,
    log,
    registry: new Registry(),
    ...(options.rhythm ? { rhythm: options.rhythm } : {}),
  })
  await new Promise<void>(resolve => httpServer.listen(0, '127.0.0.1', resolve))
  const { port } = httpServer.address() as AddressInfo
  let stopped: Promise<void> | undefined
  return {
    url: `http://127.0.0.1:${port}`,
    documents,
    stop: () => {
      stopped ??= (async () => {
        await documents.drain()
        await documents.stop()
        httpServer.close()
        httpServer.closeAllConnections()
        await redis?.close()
      })()
      return stopped
    },
  }
}
