// Surveys as they are read, and who is asked in them. Changes nothing and asks no rights.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { CourseId, CourseItem } from '#protocol/courses.ts'
import type { OwnAnswer, Survey, SurveyAnswer, SurveyId } from '#protocol/surveys.ts'
import { findItem } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { answers, participants, type SurveyRow, surveys } from '../tables.ts'

/** The kind under which surveys are placed in a course. */
export const surveyKind = 'survey'

/** A row as it travels. */
export const surveyOf = ({ changedAt, ...row }: SurveyRow): Survey => ({ ...row, changedAt: changedAt.toISOString() })

/** What the line of a survey says beside its title. */
export const detailOf = ({ anonymous, questions, version }: SurveyRow) => ({
  ...{ anonymous, questions: questions.length, version },
})

/** Names a survey in its course. */
export interface OfSurvey {
  readonly courseId: CourseId
  readonly surveyId: SurveyId
}

/** The survey with its item; `not-found` when it is not in this course or was removed. */
export async function getSurvey(
  ctx: Ctx,
  { courseId, surveyId }: OfSurvey,
): Promise<{ row: SurveyRow; item: CourseItem }> {
  const row = await surveys.findOne({ where: { id: surveyId, courseId }, raw: true })
  const item = row ? await findItem(ctx, { kind: surveyKind, refId: surveyId }) : undefined
  if (!row || !item) throw new Problem('not-found')
  return { row, item }
}

/** The course a survey stands in. Throws `not-found`. */
export async function courseOf(surveyId: string): Promise<CourseId> {
  const row = await surveys.findByPk(surveyId, { attributes: ['courseId'], raw: true })
  if (!row) throw new Problem('not-found')
  return row.courseId
}

/** SQL: the accounts that learn in course $1 now. */
const learnersIn = `
  select e.account_id as id from enrolments e
    join role_assignments r on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id
   where e.course_id = $1 and e.ended_at is null and r.role = 'learner'`

/** Whether somebody learns in a course now: its staff are not asked. */
export async function learnsIn(ctx: Ctx, courseId: string, accountId: AccountId): Promise<boolean> {
  const rows = await ctx.sql(`${learnersIn} and e.account_id = $2`, [courseId, accountId])
  return rows.length > 0
}

/** How many learn in a course now or have answered this survey of it. One query. */
export async function countAsked(ctx: Ctx, { courseId, surveyId }: OfSurvey): Promise<number> {
  const [row] = await ctx.sql<{ count: number }>(
    `select count(*)::int as count from (${learnersIn}
       union select account_id from survey_participants where survey_id = $2) asked`,
    [courseId, surveyId],
  )
  return row?.count ?? 0
}

/** Whether anybody has answered. */
export const isBegun = async (surveyId: SurveyId): Promise<boolean> =>
  (await participants.count({ where: { surveyId } })) > 0

/** That somebody has answered, with what they said where it stands under their name; null while they have not. */
export async function findOwn(surveyId: SurveyId, accountId: AccountId): Promise<OwnAnswer | null> {
  const row = await participants.findOne({ where: { surveyId, accountId }, raw: true })
  if (!row) return null
  const said = await answers.findOne({ where: { surveyId, accountId }, raw: true })
  return { day: row.day, answers: said?.answers ?? null }
}

/** How many answers there are in a course. */
export async function countAnswers(ctx: Ctx, courseId: CourseId): Promise<number> {
  const [row] = await ctx.sql<{ count: number }>(
    'select count(*)::int as count from survey_answers a join surveys s on s.id = a.survey_id where s.course_id = $1',
    [courseId],
  )
  return row?.count ?? 0
}

/** What somebody answered under their name, and where they answered without it, for the copy of what is kept about them. */
export const exportAnswers = (ctx: Ctx, accountId: AccountId): Promise<object[]> =>
  ctx.sql<{ title: string; day: string; anonymous: boolean; answers: SurveyAnswer[] | null }>(
    `select c.title as course, s.title, p.day::text as day, s.anonymous, s.questions, a.answers
       from survey_participants p join surveys s on s.id = p.survey_id join courses c on c.id = s.course_id
       left join survey_answers a on a.survey_id = s.id and a.account_id = p.account_id
      where p.account_id = $1 order by p.day, s.id`,
    [accountId],
  )
