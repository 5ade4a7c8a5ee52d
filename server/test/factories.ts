// People for tests: accounts in the database, and clients that are signed in over real HTTP and a real socket. Only
// for tests; it writes through the same actions as the product, apart from the slow hashing of passwords.
import { randomUUID } from 'node:crypto'
import pino from 'pino'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Role, SiteRole } from '#protocol/base/roles.ts'
import { assignRole, type ContextRef } from '#server/features/access/index.ts'
import { accounts, createMember, createSession } from '#server/features/accounts/index.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { type Outside, transact } from '#server/platform/db/transact.ts'
import { noBlobs } from '#server/platform/storage/blobs.ts'
import { atEndOfFile } from './endings.ts'
import { openClient, type TestClient } from './test-client.ts'

const log = pino({ level: 'silent' })

const silent: Outside = {
  publish: () => undefined,
  rightsChanged: () => undefined,
  enqueue: async () => undefined,
  enqueued: () => undefined,
}

/** A context of nobody in particular, or of `as`, in this process's database. */
export const testCtx = (as: Partial<Ctx> = {}): Ctx => ({
  who: { kind: 'nobody' },
  now: new Date(),
  requestId: randomUUID(),
  address: '127.0.0.1',
  local: true,
  log,
  sql,
  session: null,
  blobs: noBlobs,
  players: new Map(),
  emit: () => undefined,
  ...as,
})

/**
 * Runs an action in a transaction of its own, beside any node: what it announces is in the log but published to nobody
 * (a node finds it within seconds). For arranging what a test begins with, not for what it tests.
 */
export const arrange = <T>(action: (ctx: WriteCtx) => Promise<T>, as: Partial<Ctx> = {}): Promise<T> =>
  transact(testCtx(as), silent, action)

export interface PersonOptions {
  /** Default `member`. */
  readonly role?: SiteRole
  readonly name?: string
  readonly email?: string
  /** As `hashPassword` makes it; without one the account signs in with nothing. */
  readonly passwordHash?: string
  readonly demo?: 'staff' | 'assistant' | 'learner'
  /** Roles held in the tree from the start. */
  readonly holds?: readonly { readonly role: Role; readonly context: ContextRef }[]
}

let made = 0

/** Makes an account. A role of `guest` makes a guest, without an e-mail. */
export function makeAccount(options: PersonOptions = {}): Promise<AccountId> {
  const number = ++made
  const { role = 'member', name = `Person ${number}` } = options
  return arrange(async ctx => {
    let id = newId<'Account'>()
    if (role === 'guest') await accounts.create({ id, kind: 'guest', name, siteRole: 'guest', createdAt: ctx.now })
    else {
      const row = await createMember(ctx, {
        name,
        email: options.email ?? `person-${number}-${randomUUID().slice(0, 8)}@example.org`,
        passwordHash: options.passwordHash ?? null,
        siteRole: role,
        demo: options.demo,
      })
      id = row.id
    }
    for (const held of options.holds ?? []) await assignRole(ctx, { accountId: id, ...held })
    return id
  })
}

/** Signs an account in on one more device and answers its session token. */
export async function signIn(accountId: AccountId): Promise<string> {
  return arrange(async ctx => {
    const row = await accounts.findByPk(accountId, { rejectOnEmpty: true })
    return (await createSession(ctx, row)).token
  })
}

/**
 * A signed-in client on `node`, over real HTTP and a real socket: a new account, or `accountId` on one more device.
 * Closed when the file's tests are over.
 */
export async function signedInClient(
  node: { readonly url: string },
  options: PersonOptions & { readonly accountId?: AccountId; readonly preview?: string } = {},
): Promise<TestClient & { readonly accountId: AccountId }> {
  const accountId = options.accountId ?? (await makeAccount(options))
  const client = await openClient(node.url, await signIn(accountId), options.preview)
  atEndOfFile(async () => client.close())
  return { ...client, accountId }
}

/** A client that nobody is signed in on. */
export async function strangerClient(node: { readonly url: string }): Promise<TestClient> {
  const client = await openClient(node.url)
  atEndOfFile(async () => client.close())
  return client
}
