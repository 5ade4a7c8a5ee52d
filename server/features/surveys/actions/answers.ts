// Writes what people answer. Without names nothing may be left that joins an answer to a person: no account, no time, no
// order, and not the transaction either (docs/decisions/0027-surveys.md).
import { randomUUID } from 'node:crypto'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import { type OwnAnswer, type SurveyAnswer, surveyScope } from '#protocol/surveys.ts'
import { bumpUser } from '#server/features/accounts/index.ts'
import type { CourseReset } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { countAnswers, type OfSurvey, surveyOf } from '../queries/surveys.ts'
import { answersFit, demandAnswered, enoughWait } from '../rules.ts'
import { answers, type SurveyRow } from '../tables.ts'
import { holdSurvey } from './surveys.ts'

/** Among so many others an answer is written, where there are as many. */
const mixedWith = 64

/**
 * Writes an answer together with others that stand there, all in a new order: where a row lies on the disk and which
 * transaction wrote it (`ctid`, `xmin`) says of each of them alike that it might be the one that came. One statement.
 */
async function mixIn(ctx: WriteCtx, surveyId: string, given: readonly SurveyAnswer[]): Promise<void> {
  await ctx.sql(
    `with others as (select id from survey_answers where survey_id = $1 order by random() limit ${mixedWith}),
          gone as (delete from survey_answers a using others o where a.id = o.id returning a.*)
     insert into survey_answers (id, survey_id, account_id, answers, shown)
     select * from (select id, survey_id, account_id, answers, shown from gone
                    union all select gen_random_uuid(), $1::uuid, null, $2::jsonb, false) mixed
      order by random()`,
    [surveyId, JSON.stringify(given)],
  )
}

/** Tells the answers that wait once they are enough to be told together. */
async function tellEnough(ctx: WriteCtx, { id, minShown }: SurveyRow): Promise<void> {
  const waiting = await answers.count({ where: { surveyId: id, shown: false } })
  if (enoughWait(waiting, minShown))
    await ctx.sql('update survey_answers set shown = true where survey_id = $1 and not shown', [id])
}

/**
 * Keeps what somebody answers. Throws `not-found`, `survey-answered` for a second time without a name, `malformed` at
 * questions that need an answer, `conflict` with the current survey where its questions are others.
 */
export async function answerSurvey(
  ctx: WriteCtx,
  accountId: AccountId,
  { answers: given, ...of }: OfSurvey & { readonly answers: readonly SurveyAnswer[] },
): Promise<OwnAnswer> {
  const row = await holdSurvey(of)
  demand(answersFit(row.questions, given), 'conflict', { params: { current: surveyOf(row) } })
  demandAnswered(row.questions, given)
  const day = ctx.now.toISOString().slice(0, 10)
  const first = await ctx.sql(
    `insert into survey_participants (survey_id, account_id, day) values ($1, $2, $3)
     on conflict do nothing returning survey_id`,
    [row.id, accountId, day],
  )
  if (row.anonymous) {
    demand(first.length > 0, 'survey-answered')
    await mixIn(ctx, row.id, given)
    await tellEnough(ctx, row)
  } else {
    await ctx.sql(
      `insert into survey_answers (id, survey_id, account_id, answers, shown) values ($1, $2, $3, $4, true)
       on conflict (account_id, survey_id) where account_id is not null do update set answers = excluded.answers`,
      [randomUUID(), row.id, accountId, JSON.stringify(given)],
    )
    await ctx.sql('update survey_participants set day = $3 where survey_id = $1 and account_id = $2', [
      ...[row.id, accountId, day],
    ])
  }
  ctx.announce(surveyScope, row.id, { kind: 'answered', body: {} })
  // Something else may be open to them now.
  await bumpUser(ctx, accountId, 'courses')
  return { day, answers: row.anonymous ? null : [...given] }
}

/** What was answered goes with the other work of a course that begins anew; the surveys stay. */
export const answersReset: CourseReset = {
  count: countAnswers,
  clear: async (ctx, courseId: CourseId) => {
    for (const name of ['survey_answers', 'survey_participants'])
      await ctx.sql(`delete from ${name} a using surveys s where s.id = a.survey_id and s.course_id = $1`, [courseId])
  },
}
