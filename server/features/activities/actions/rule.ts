// Corrects an item after it was answered: another key, or a ruling beside it. Only what the item says is written here;
// the caller scores anew, at once or piece by piece. Asks no rights.
import type { ActivityItem, ItemId, Ruling } from '#protocol/activities.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { WrittenQuestion } from '#protocol/question-types/registry.ts'
import type { QuestionVersionId } from '#protocol/questions.ts'
import { audit } from '#server/features/audit/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { changeQuestion, changesKey, getQuestion, keepsAnswers } from '#server/features/questions/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { getItemPlace, type ItemPlace } from '../queries/corrections.ts'
import { tellChanged } from '../queries/gates.ts'
import { activityItems, corrections } from '../tables.ts'
import { lockActivity } from './activities.ts'

export interface NewRuling {
  readonly itemId: ItemId
  readonly version: number
  readonly ruling: Ruling
  /** The question with another key; its type and options stay. */
  readonly question?: WrittenQuestion | undefined
}

/**
 * Writes the key or the ruling of an item. Throws `not-found`, `conflict` with the current item for an older version,
 * `other-question` when it would be another one, `malformed` when nothing would change.
 */
export async function ruleItem(ctx: WriteCtx, given: NewRuling): Promise<ItemPlace> {
  await lockActivity(ctx, (await getItemPlace(ctx, given.itemId)).activityId)
  const place = await getItemPlace(ctx, given.itemId)
  const { item: current } = place
  if (current.version !== given.version) throw new Problem('conflict', { params: { current } })
  demandChange(current, given)
  let { question } = current
  if (given.question && changesKey(question.question, given.question)) {
    const bank = await getQuestion(ctx, question.id)
    question = await changeQuestion(ctx, { questionId: bank.question.id, question: given.question })
  }
  const item: ActivityItem = { ...current, question, ruling: given.ruling, version: current.version + 1 }
  await activityItems.update(
    { questionVersionId: question.versionId, ruling: item.ruling, version: item.version },
    { where: { id: item.id } },
  )
  await tellChanged(ctx, place.activityId, 'record')
  return { ...place, item }
}

function demandChange(current: ActivityItem, { ruling, question }: NewRuling): void {
  const before = current.question.question
  if (question) demand(keepsAnswers(before, question) && before.body.prompt === question.body.prompt, 'other-question')
  const same = ruling === current.ruling && !(question && changesKey(before, question))
  demand(!same, 'malformed', { errors: [{ path: 'ruling', code: 'same' }] })
}

export interface NewCorrection {
  readonly place: ItemPlace
  readonly note: string
  readonly up: number
  readonly down: number
  readonly done: number
  readonly people: number
}

/** Keeps what was corrected, why and whom it reaches, and records who did it. Returns the id. */
export async function recordCorrection(ctx: WriteCtx, given: NewCorrection): Promise<string> {
  const { place, ...rest } = given
  const { item } = place
  const id = newId()
  await corrections.create({
    id,
    itemId: item.id,
    ruling: item.ruling,
    questionVersionId: item.question.versionId as QuestionVersionId,
    ...rest,
    by: actorOf(ctx.who),
    at: ctx.now,
  })
  await audit.record(ctx, {
    verb: 'activity.item-corrected',
    subject: { kind: 'activity', id: place.activityId },
    context: courseContext(place.courseId),
    details: {
      itemId: item.id,
      ruling: item.ruling,
      version: item.version,
      note: rest.note,
      up: rest.up,
      down: rest.down,
    },
  })
  return id
}

/** Counts people whose answers a correction has scored anew. */
export async function advanceCorrection(ctx: WriteCtx, id: string, people: number): Promise<void> {
  await ctx.sql('update corrections set done = least(people, done + $2) where id = $1', [id, people])
}
