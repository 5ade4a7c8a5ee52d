// The kinds of conditions and who knows what is done: registries that the features above fill at boot, so that nothing
// here knows a grade or a group. Dates, completion and modules are understood by the evaluation itself.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Condition, ConditionKindName, ConditionOf } from '#protocol/conditions.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import type { Truth } from '../rules.ts'

/** What a condition may be about: it stands, in this course (null: in no course), and these items lead to it. */
export interface Target {
  readonly courseId: string | null
  readonly title: string
  readonly itemIds: readonly string[]
  /** False where nothing new may be said about it; what was said before goes on. */
  readonly offered?: boolean
}

export type Judge<C extends Condition> = (condition: C, accountId: AccountId) => Exclude<Truth, 'gone'>

export interface ConditionKind<C extends Condition> {
  readonly kind: C['kind']
  /** Those of these ids that stand; the others are removed. At most two queries, however many. */
  readonly targets: (ctx: Ctx, ids: readonly string[]) => Promise<ReadonlyMap<string, Target>>
  /** Says of each condition and person whether it holds. A fixed number of queries, however many conditions. */
  readonly judge: (ctx: Ctx, conditions: readonly C[], accountIds: readonly AccountId[]) => Promise<Judge<C>>
}

const kinds = new Map<ConditionKindName, ConditionKind<Condition>>()

/** Adds a kind of condition; called once, when a feature's index is loaded. */
export function registerConditionKind<K extends ConditionKindName>(kind: ConditionKind<ConditionOf<K>>): void {
  if (kinds.has(kind.kind)) throw new Error(`Two features register the condition ${kind.kind}`)
  kinds.set(kind.kind, kind as unknown as ConditionKind<Condition>)
}

export const registeredKinds = (): readonly ConditionKind<Condition>[] => [...kinds.values()]

/** done: finished. none: it asks nothing of this person. open: neither. */
export type Completion = 'done' | 'open' | 'none'

/** Says for these courses what each of these people has done. A fixed number of queries. */
export type CompletionSource = (
  ctx: Ctx,
  courseIds: readonly string[],
  accountIds: readonly AccountId[],
) => Promise<(accountId: AccountId, itemId: string) => Completion>

let source: CompletionSource = async () => () => 'none'

/** The one place that computes what is done says so. To be called once, when a feature loads. */
export function registerCompletion(ask: CompletionSource): void {
  source = ask
}

export const completionIn: CompletionSource = (...asked) => source(...asked)
