// What every activity kind defines on the wire: its settings, what a host may steer, what a learner may send, and what
// the two audiences see. The behaviour (start, steer, act, view, summary) is pure and lives in
// server/features/activities/kinds/<kind>.ts; the cards in client/features/activities/kinds/<kind>.tsx.
import type * as z from 'zod/mini'
import type { QuestionTypeName } from '../question-types/registry.ts'

export interface ActivityKind<
  Settings extends z.core.$ZodType = z.core.$ZodType,
  Move extends z.core.$ZodType = z.core.$ZodType,
  View extends z.core.$ZodType = z.core.$ZodType,
  HostView extends z.core.$ZodType = z.core.$ZodType,
> {
  readonly kind: string
  readonly settings: Settings
  /** Which types of question its items may have. */
  readonly takes: readonly QuestionTypeName[]
  /** What a learner sends for one item. */
  readonly move: Move
  /** What everybody in the class sees: nothing in it gives an answer away before the reveal. */
  readonly view: View
  /** What hosts see. */
  readonly hostView: HostView
}

/** Keeps the exact types of a kind. */
export const defineActivityKind = <
  S extends z.core.$ZodType,
  M extends z.core.$ZodType,
  V extends z.core.$ZodType,
  H extends z.core.$ZodType,
>(
  kind: ActivityKind<S, M, V, H>,
): ActivityKind<S, M, V, H> => kind
