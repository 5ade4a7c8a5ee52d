// Whom a channel belongs to: each kind of context has one answerer, registered by whoever opens channels in it. Channels
// of courses and between people are this feature's own; those of a class are answered for by the class.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Reader } from '#server/features/search/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import type { ChannelRights } from '../rules/messages.ts'

/** A context somebody is in, with what they may do there. */
export interface MyContext {
  readonly contextId: string
  readonly title: string
  readonly courseId: string | null
  readonly rights: ChannelRights
  /** Since when they are in it: what was said before is nothing new to them. */
  readonly since: Date
}

/** A context somebody may read in. */
export interface ReadableContext {
  readonly contextId: string
  readonly moderates: boolean
}

/** One person in one context. */
export interface InContext {
  readonly contextId: string
  readonly accountId: AccountId
}

/** Asked in storms too, so it speaks SQL through `ctx.sql` only. */
export interface ChannelContext {
  /** What each person may do, in order; its queries grow neither with the people nor with the contexts. */
  readonly rights: (ctx: Ctx, pairs: readonly InContext[]) => Promise<readonly ChannelRights[]>
  /** The contexts of one person, also when somebody else asks; in one or two queries. */
  readonly mine: (ctx: Ctx, accountId: AccountId) => Promise<readonly MyContext[]>
  /** Every context somebody may read in as things stand, whether or not it is among theirs; one query at most. */
  readonly readable: (ctx: Ctx, reader: Reader) => Promise<readonly ReadableContext[]>
  /** What a context is called, and the course around it. */
  readonly about: (ctx: Ctx, contextId: string) => Promise<{ title: string; courseId: string | null }>
  /** SQL: the `account_id` of everybody in context $1. */
  readonly people: string
}

const contexts = new Map<string, ChannelContext>()

/** Answers for the channels of one kind of context. To be called once a kind, when a feature loads. */
export function registerChannelContext(kind: string, context: ChannelContext): void {
  if (contexts.has(kind)) throw new Error(`Two features answer for channels of ${kind}`)
  contexts.set(kind, context)
}

/** Who answers for a kind. */
export function contextOf(kind: string): ChannelContext {
  const context = contexts.get(kind)
  if (!context) throw new Error(`Nobody answers for channels of ${kind}`)
  return context
}

/** Every context of one person, with its kind. */
export async function contextsOf(ctx: Ctx, accountId: AccountId): Promise<(MyContext & { kind: string })[]> {
  const all: (MyContext & { kind: string })[] = []
  for (const [kind, context] of contexts)
    for (const mine of await context.mine(ctx, accountId)) if (mine.rights.read) all.push({ ...mine, kind })
  return all
}

/** Every context somebody may read in, with its kind. */
export async function readableContexts(ctx: Ctx, reader: Reader): Promise<(ReadableContext & { kind: string })[]> {
  const all: (ReadableContext & { kind: string })[] = []
  for (const [kind, context] of contexts)
    for (const one of await context.readable(ctx, reader)) all.push({ ...one, kind })
  return all
}
