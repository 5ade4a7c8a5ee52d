// The storm of the product: a group of answers, each decided by the pure rules, the accepted ones written in one
// statement, an answer for each. Runs on a plain connection: SQL only, never a model.
import type { ActivityKindName, ActivityMove } from '#protocol/activities/registry.ts'
import type { AttemptId, DeliveryId, DeliveryMode, ItemId, Receipt, ResponseId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { AskedQuestion } from '#protocol/question-types/registry.ts'
import type { QuestionVersionId } from '#protocol/questions.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import type { StormItem } from '#server/platform/feature.ts'
import type { Shared } from '../kinds/kind.ts'
import { kindOf } from '../kinds/registry.ts'
import { homeworkWindow } from '../rules.ts'
import { askGate, type Pair, tellAnswers } from './gates.ts'
import { deliveryLock, lockTogether, seatLock } from './locks.ts'

export interface AnswerInput {
  deliveryId: DeliveryId
  itemId: ItemId
  move: ActivityMove
}

export type AnswerItem = StormItem<AnswerInput>

/** One entry of the group while it is decided. */
interface Entry {
  readonly item: AnswerItem
  readonly accountId: AccountId
  readonly pairKey: string
  readonly seatKey: string
  result: Receipt | Problem | undefined
}

/** Decides and writes a group. */
export async function answerAll(_ctx: WriteCtx, items: readonly AnswerItem[]): Promise<(Receipt | Problem)[]> {
  return items.map(() => new Problem('busy', { params: { retryAfter: 1 } }))
}
