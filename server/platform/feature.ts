// What a feature registers with the platform, and nothing else: explicit lists, no discovery by path.

import type { Readable } from 'node:stream'
import type { Logger } from 'pino'
import * as z from 'zod/mini'
import type { CallSpec, Calls, Input, Named, Output, Routes } from '#protocol/base/call.ts'
import type { AccountId, OperationId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { FeedOf, FleetingOf, ScopeSpec, StateOf } from '#protocol/base/scope.ts'
import type { Ctx, WriteCtx } from './ctx.ts'
import type { Health } from './log/health.ts'

/** One entry of a storm: what one person sent. `ctx.now` is its arrival. */
export interface StormItem<I> {
  readonly ctx: Ctx
  readonly operationId: OperationId
  readonly input: I
}

/**
 * A write that comes from hundreds at once: gathered for a few milliseconds over all callers of this node and run as
 * one transaction. It answers each item in order; a Problem refuses that item alone. What takes its time, such as looking
 * up a code, is done in `ready` before, outside any transaction: the storm then takes what that answers.
 */
export interface StormHandler<I, O, Ready = I> {
  readonly ready?: (ctx: Ctx, input: I) => Promise<Ready>
  readonly storm: (ctx: WriteCtx, items: readonly StormItem<Ready>[]) => Promise<(O | Problem)[]>
}

/**
 * A write with slow work before it, such as hashing a password: `prepare` runs outside any transaction, so that no
 * connection waits for it, and answers what is to be done inside one.
 */
export interface PreparedHandler<I, O> {
  readonly prepare: (ctx: Ctx, input: I) => Promise<((ctx: WriteCtx) => Promise<O>) | WithBytes<O>>
}

/** What is to be done with bytes that came beside the input: `said` stands for them where an operation is known again. */
export interface WithBytes<O> {
  readonly said: string
  readonly run: (ctx: WriteCtx) => Promise<O>
}

type HandlerOf<S extends CallSpec> = S['kind'] extends 'read'
  ? (ctx: Ctx, input: Input<S>) => Promise<Output<S> | FileAnswer | BlobAnswer>
  :
      | ((ctx: WriteCtx, input: Input<S>) => Promise<Output<S>>)
      // biome-ignore lint/suspicious/noExplicitAny: what lies between its two halves is the handler's own affair.
      | StormHandler<Input<S>, Output<S>, any>
      | PreparedHandler<Input<S>, Output<S>>

/** A complete record of handlers: a feature that lacks one does not compile. */
export type Handlers<T extends Record<string, CallSpec>> = { [K in keyof T]: HandlerOf<T[K]> }

export interface FileOptions {
  /** A picture a page shows; else it is offered to be saved. */
  readonly shown?: 'in the page'
  /** How long the reader's own browser may keep it: only where its address says which version it is. */
  readonly keptSeconds?: number
}

/** A read over HTTP may answer with a file instead of JSON. */
export class FileAnswer {
  constructor(
    readonly name: string,
    readonly type: string,
    readonly body: string | Buffer | Readable,
    readonly options: FileOptions = {},
  ) {}
}

export interface Blob {
  /** Given to be saved, or shown where its type may be (platform/http/blob-answer.ts). */
  readonly name: string
  readonly type: string
  readonly as: 'attachment' | 'inline'
  /** In bytes. */
  readonly size: number
  /** Changes whenever the bytes do. */
  readonly tag: string
  /** Bytes `from` to `to`, both included; all without a range. */
  readonly open: (range?: { from: number; to: number }) => Promise<Readable>
}

/** A read over HTTP may answer with stored bytes, of which any part may be asked for. */
export class BlobAnswer {
  constructor(readonly blob: Blob) {}
}

/** What the content origin gives out under one address: bytes that a browser may run there, and only there. */
export interface ContentAnswer extends Pick<Blob, 'type' | 'size' | 'tag' | 'open'> {
  /** The one origin whose pages may frame it. */
  readonly framedBy: string
  /** A page that needs no plugins, forms or addresses of its own, and gets none. */
  readonly plain?: boolean
}

/**
 * Something on the content origin (platform/http/content.ts), below `/<name>/`. Nobody is signed in there: what a path
 * opens, its secret says. Throws a Problem where it opens nothing.
 */
export interface ContentBinding {
  readonly name: string
  readonly answer: (ctx: Ctx, path: readonly string[]) => Promise<ContentAnswer>
}

/** A call or route with its handler, as the dispatcher keeps it. */
export interface Binding {
  readonly spec: Named<CallSpec> & { readonly method?: string; readonly path?: string; readonly takes?: 'bytes' }
  readonly handler: unknown
}

/** Pairs specs with their handlers. */
export function bind<T extends Calls | Routes>(specs: T, handlers: Handlers<T>): Binding[] {
  return Object.entries(specs).map(([key, spec]) => ({ spec, handler: handlers[key] }))
}

/**
 * When this reader entered the audience: events from before it are never replayed one by one, they get the state. Null:
 * they were always in it. Where that is not kept, why nothing is lost by it.
 */
export type Entry = ((ctx: Ctx, id: string) => Promise<Date | null>) | { readonly noneKept: string }

/** The server's half of a scope. */
export interface ScopeBinding {
  readonly spec: ScopeSpec
  /** Throws a Problem when `ctx.who` may not hear this scope. Asked at each subscribe and whenever rights change. */
  readonly admit: (ctx: Ctx, id: string) => Promise<void>
  /** The state now; runs in a REPEATABLE READ transaction together with the reading of the head. */
  readonly snapshot: (ctx: Ctx, id: string) => Promise<unknown>
  /** The same for several, in order, where everybody has one of their own: those of many who come in at once are read together. */
  readonly snapshots?: (ctx: Ctx, ids: readonly string[]) => Promise<readonly unknown[]>
  readonly entry: Entry
  /** Fleeting values of the moment for a newcomer. */
  readonly fleeting?: (ctx: Ctx, id: string) => Promise<readonly { kind: string; body: unknown }[]>
  /** Told when the first socket of this node enters and the last one leaves, or a member comes and goes. */
  readonly entered?: (ctx: Ctx, id: string, socketId: string) => void
  readonly left?: (ctx: Ctx, id: string, socketId: string) => void
}

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * A fleeting value as it leaves: what the scope's schema does not name is stripped. Throws where the scope has no such kind, or
 * the value does not fit.
 */
export function toldFleeting(spec: ScopeSpec, { kind, body }: { kind: string; body: unknown }) {
  const schema = spec.fleeting[kind]
  if (!schema) throw new Error(`${spec.name} has no fleeting ${kind}`)
  return { kind, body: z.parse(schema, body) }
}

/**
 * Pairs a scope with its server half, typed by its schemas. What that tells is parsed, as announcements are: nothing leaves that
 * a schema does not name. An id of another form than `idForm` (a UUID) is `not-found`.
 */
export function bindScope<P extends ScopeSpec>(
  spec: P,
  half: {
    admit: (ctx: Ctx, id: string) => Promise<unknown>
    entry: Entry
    fleeting?: (ctx: Ctx, id: string) => Promise<readonly FleetingOf<P>[]>
    entered?: ScopeBinding['entered']
    left?: ScopeBinding['left']
    idForm?: RegExp
  } & (
    | { snapshot: (ctx: Ctx, id: string) => Promise<StateOf<P>> }
    | { snapshots: (ctx: Ctx, ids: readonly string[]) => Promise<readonly StateOf<P>[]> }
  ),
): ScopeBinding {
  const { idForm = uuidForm, entry, entered, left } = half
  const told = (state: unknown) => z.parse(spec.state, state)
  const together =
    'snapshots' in half && (async (ctx: Ctx, ids: readonly string[]) => (await half.snapshots(ctx, ids)).map(told))
  const fleeting =
    half.fleeting &&
    (async (ctx: Ctx, id: string) => ((await half.fleeting?.(ctx, id)) ?? []).map(said => toldFleeting(scope, said)))
  const scope = spec as unknown as ScopeSpec
  return {
    spec: scope,
    entry,
    admit: async (ctx, id) => {
      if (!idForm.test(id)) throw new Problem('not-found')
      await half.admit(ctx, id)
    },
    snapshot: async (ctx, id) =>
      'snapshots' in half ? told((await half.snapshots(ctx, [id]))[0]) : told(await half.snapshot(ctx, id)),
    ...(together && { snapshots: together }),
    ...(fleeting && { fleeting }),
    ...(entered && { entered }),
    ...(left && { left }),
  }
}

interface Refusable {
  /**
   * What becomes of a job that throws a Problem: that is an answer, and is not tried again. What it wrote is taken back; this
   * runs in a transaction of its own.
   */
  readonly refused?: (ctx: WriteCtx, data: unknown, problem: Problem) => Promise<void>
}

/**
 * Work done later, at least once; the handler must bear being run twice. It runs in a transaction of its own; one that
 * answers 'again' is run once more at once, in the next.
 */
export interface JobBinding extends Refusable {
  readonly name: string
  readonly run:
    | ((ctx: WriteCtx, data: unknown) => Promise<void>)
    | ((ctx: WriteCtx, data: unknown) => Promise<'again' | 'done'>)
}

/**
 * A job with slow work in it, such as reading a long document: `prepare` runs outside any transaction, so that no
 * connection and no lock waits for it, and answers what is to be written in one. Two may prepare the same at once: what
 * is written looks at its rows anew.
 */
export interface PreparedJob extends Refusable {
  readonly name: string
  readonly prepare: (ctx: Ctx, data: unknown) => Promise<(tx: WriteCtx) => Promise<'again' | 'done'>>
}

/** Work every node offers to do every so often; safe when several nodes do it at once. */
export interface Ticker {
  readonly name: string
  readonly everyMs: number
  readonly run: (ctx: WriteCtx) => Promise<void>
}

/**
 * Fed from the log, not from memory: in order within a scope, each event in a transaction of its own, which also moves
 * the listener's number. What it writes through `ctx` therefore happens once per (listener, scope, seq). One that throws
 * is tried again and holds up what comes after in that scope, for itself alone.
 */
export interface Listener {
  readonly name: string
  readonly scope: ScopeSpec
  readonly kinds: readonly string[]
  /**
   * Where most of what comes concerns nobody: says which events of this scope do. What it lets fall is passed over many
   * at a time, so that a busy scope does not keep others waiting.
   */
  readonly sieve?: (ctx: Ctx, scopeId: string) => Promise<(event: { kind: string; body: unknown }) => boolean>
  readonly run: (
    ctx: WriteCtx,
    event: { scopeId: string; seq: number; kind: string; body: unknown; actor: AccountId | null; at: Date },
  ) => Promise<void>
}

/** Pairs a listener with its scope, so that its kinds are the scope's own and each event comes as the scope's schema says. */
export function bindListener<P extends ScopeSpec, K extends FeedOf<P>['kind']>(
  scope: P,
  half: {
    readonly name: string
    readonly kinds: readonly K[]
    readonly run: (
      ctx: WriteCtx,
      event: { scopeId: string; seq: number; actor: AccountId | null; at: Date } & Extract<FeedOf<P>, { kind: K }>,
    ) => Promise<void>
  },
): Listener {
  return {
    ...half,
    scope,
    run: async (ctx, { kind, body, ...meta }) => {
      const schema = scope.feeds[kind]
      if (!schema) throw new Error(`${scope.name} has no ${kind}`)
      // A newer build may have written more than this one knows: what it does not name is left out.
      const event = { ...meta, kind, body: z.parse(schema, body) } as unknown as Parameters<typeof half.run>[1]
      await half.run(ctx, event)
    },
  }
}

/** What a node lends to work that no call asks for: exact timers, and what nodes tell each other without the log. */
export interface NodeServices {
  readonly systemCtx: () => Ctx
  readonly transact: <T>(action: (ctx: WriteCtx) => Promise<T>) => Promise<T>
  /** Database time at this node. */
  readonly now: () => Date
  /** Null on a node that is alone. */
  readonly redisUrl: string | null
  /** Begins every key and channel of this application on a shared Redis. */
  readonly redisPrefix: string
  readonly log: Logger
  /** How this node is. */
  readonly health: () => Promise<Health>
}

/** The server's half of a kind of document (platform/docs). */
export interface DocumentBinding {
  /** As the document was created with. */
  readonly kind: string
  /**
   * What `ctx.who` may do with a document of this kind; throws a Problem when not so much as read it. Asked when a
   * connection opens and whenever rights change: `ctx.rightsChanged` with the account, or `documentSubject(id)` for all.
   */
  readonly rights: (ctx: Ctx, documentId: string) => Promise<{ readonly mayWrite: boolean }>
}

/** Bytes of a person that go into the copy of their data. */
export interface ExportedFile {
  /** How it is called in the copy. */
  readonly name: string
  readonly open: (ctx: Ctx) => Promise<Readable | Buffer>
}

/** Why rows still hold the id of somebody who was erased, whose account has no name any more. */
export type StaysBecause = 'record' | 'course' | 'talk' | 'trail'

/** What each feature owes a person whose rows it keeps. */
export interface AccountHooks {
  /** Tables and columns these hooks answer for: `npm run check` compares with the schema. */
  readonly columns: readonly `${string}.${string}`[]
  /** Those of them that `merge` leaves with the account that goes, each for a reason that stands beside it. */
  readonly kept?: readonly `${string}.${string}`[]
  /** Those that still hold the id after `erase`, and why: what others depend on stays, under a pseudonym. */
  readonly stays?: Readonly<Record<`${string}.${string}`, StaysBecause>>
  readonly export: (ctx: Ctx, accountId: AccountId) => Promise<Record<string, unknown>>
  /** What of theirs is kept as bytes, for the same copy. */
  readonly files?: (ctx: Ctx, accountId: AccountId) => Promise<readonly ExportedFile[]>
  readonly erase: (ctx: WriteCtx, accountId: AccountId) => Promise<void>
  /** `erase` also reaches what none of the columns finds: it is asked though they name nobody. */
  readonly erasesBeyond?: true
  /** Tells anew where the name is shown, once it is another. */
  readonly renamed?: (ctx: WriteCtx, accountId: AccountId) => Promise<void>
  /** Moves everything from one account to the other; what would collide stays with `into`. */
  readonly merge: (ctx: WriteCtx, from: AccountId, into: AccountId) => Promise<void>
  /** Works out anew what follows from rows of other features, once every feature has moved its own to `into`. */
  readonly merged?: (ctx: WriteCtx, into: AccountId) => Promise<void>
}

/** A type of message that servers elsewhere are told, for the description of the API. */
export interface ToldType {
  readonly type: string
  readonly body: z.core.$ZodType
  readonly example: unknown
}

export interface Feature {
  readonly name: string
  readonly bindings?: readonly Binding[]
  /**
   * Its calls and scopes are refused in a preview: what they say is of the moment, people would see who looks, or it is
   * somebody's alone.
   */
  readonly neverPreviewed?: true
  readonly scopes?: readonly ScopeBinding[]
  readonly jobs?: readonly (JobBinding | PreparedJob)[]
  readonly tickers?: readonly Ticker[]
  readonly listeners?: readonly Listener[]
  readonly account?: AccountHooks
  readonly documents?: readonly DocumentBinding[]
  readonly told?: readonly ToldType[]
  readonly content?: ContentBinding
  /** Run once when the node starts, before it takes calls; what it answers is run when the node has drained. */
  readonly start?: (node: NodeServices) => Promise<() => Promise<void>>
}
