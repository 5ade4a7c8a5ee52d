// A scope is exactly one audience: whoever may subscribe may see every event in it, byte for byte. It has one state,
// one list of durable feeds and one pure fold; sender and receivers fold alike: old snapshot + feed = fresh snapshot.
import type * as z from 'zod/mini'

type Schema = z.core.$ZodType

/** `<name>:<id>`, the address of one audience. */
export type ScopeAddress = `${string}:${string}`

/** The durable events of a scope, as a union of {kind, body}. */
export type EventOf<F extends Record<string, Schema>> = {
  [K in keyof F & string]: { kind: K; body: z.output<F[K]> }
}[keyof F & string]

/** What the fold knows of an event beside its kind and body. */
export interface EventMeta {
  seq: number
  /** Null in what is unsigned, of a job, and of what was sent with many others at once: their bodies say who. */
  actor: string | null
  at: string
}

export interface ScopeSpec<
  S extends Schema = Schema,
  F extends Record<string, Schema> = Record<string, Schema>,
  L extends Record<string, Schema> = Record<string, Schema>,
> {
  readonly name: string
  /** Its events name no actor and only the minute, because some who act here do so without their name. */
  readonly unsigned?: true
  /** Feeds that name no actor in a scope whose others do: not every reader may know who was there. */
  readonly unsignedFeeds?: readonly string[]
  /** The snapshot a newcomer gets. */
  readonly state: S
  /** Durable events, past tense: numbered, kept, replayed. */
  readonly feeds: F
  /** Fleeting values, latest wins: tallies, presence counts, typing. Never the truth. */
  readonly fleeting: L
  /** Pure. Unknown kinds never reach it (the client asks for a snapshot instead). */
  apply(state: z.output<S>, event: EventOf<F> & EventMeta): z.output<S>
}

export type StateOf<P extends ScopeSpec> = z.output<P['state']>
export type FeedOf<P extends ScopeSpec> = EventOf<P['feeds']>
export type FleetingOf<P extends ScopeSpec> = EventOf<P['fleeting']>

/** Declares a scope; inference keeps the exact kinds and bodies. */
export const defineScope = <S extends Schema, F extends Record<string, Schema>, L extends Record<string, Schema>>(
  spec: ScopeSpec<S, F, L>,
  // Spelled out, so that the compiler compares members and any scope is a ScopeSpec; by name it would not be.
): {
  readonly name: string
  readonly unsigned?: true
  readonly unsignedFeeds?: readonly string[]
  readonly state: S
  readonly feeds: F
  readonly fleeting: L
  apply(state: z.output<S>, event: EventOf<F> & EventMeta): z.output<S>
} => spec

/** Every durable kind of a scope, for what concerns all of them. */
export const feedKinds = <P extends ScopeSpec>(spec: P): readonly FeedOf<P>['kind'][] => Object.keys(spec.feeds)

/** The address of one audience: `address(runScope, runId)`. */
export const address = (spec: { readonly name: string }, id: string): ScopeAddress => `${spec.name}:${id}`

/** Splits an address into its scope's name and id; undefined when it is not one. */
export function parseAddress(value: string): { name: string; id: string } | undefined {
  const at = value.indexOf(':')
  if (at < 1 || at === value.length - 1 || value.length > 120) return undefined
  return { name: value.slice(0, at), id: value.slice(at + 1) }
}
