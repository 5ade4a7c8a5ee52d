// What was answered, added up and in words. Of answers without names it reads only those that are told, and never answers
// what would tell two of one person as such: no row, no order and no time of theirs.
import type { Page } from '#protocol/base/paging.ts'
import type { SurveyAnswer, SurveyQuestion, SurveyResults } from '#protocol/surveys.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readIdCursor } from '#server/platform/db/keyset.ts'
import { answersFit, tally } from '../rules.ts'
import type { SurveyRow } from '../tables.ts'
import { countAsked } from './surveys.ts'

// $1 the survey, $2 whether without names, $3 how many there must be: the answers that are told.
const told = `
  select a.id, a.account_id, a.answers from survey_answers a
   where a.survey_id = $1 and case when $2::boolean then a.shown
     else (select count(*) from survey_answers n where n.survey_id = $1) >= $3 end`

const of = ({ id, anonymous, minShown }: SurveyRow) => [id, anonymous, minShown]

/** The answers that are told, in no order. One query. */
async function readTold(ctx: Ctx, row: SurveyRow): Promise<SurveyAnswer[][]> {
  const rows = await ctx.sql<{ answers: SurveyAnswer[] }>(told, of(row))
  return rows.map(one => one.answers).filter(one => answersFit(row.questions, one))
}

/** How many answered, of how many, and what. Three queries. */
export async function resultsOf(ctx: Ctx, row: SurveyRow): Promise<SurveyResults> {
  const [counted] = await ctx.sql<{ count: number }>(
    'select count(*)::int as count from survey_answers where survey_id = $1',
    [row.id],
  )
  const shown = await readTold(ctx, row)
  const answered = counted?.count ?? 0
  return {
    answered,
    of: Math.max(answered, await countAsked(ctx, { courseId: row.courseId, surveyId: row.id })),
    shown: shown.length,
    tallies: shown.length > 0 ? tally(row.questions, shown) : [],
  }
}

/**
 * A page of what was written to a question. The order is another for every question and the same at every reading; the
 * cursor is a digest, so that not even it says which texts are of one person. One query. Throws `malformed` for a
 * cursor that is none.
 */
export async function listTexts(
  ctx: Ctx,
  row: SurveyRow,
  { questionId, after, limit }: { questionId: string; after?: string | undefined; limit: number },
): Promise<Page<{ text: string; name: string | null }>> {
  const rows = await ctx.sql<{ place: string; text: string; name: string | null }>(
    `select t.place, t.text, t.name from (
       select overlay(overlay(md5(a.id::text || $4) placing '4' from 13) placing '8' from 17)::uuid as place, x->>'text' as text,
              case when n.erased_at is null then n.name end as name
         from (${told}) a cross join lateral jsonb_array_elements(a.answers) x
         left join accounts n on n.id = a.account_id
        where x->>'questionId' = $4 and x->>'kind' = 'text') t
      where $5::uuid is null or t.place > $5 order by t.place limit $6`,
    [...of(row), questionId, readIdCursor(after), limit + 1],
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(({ text, name }) => ({ text, name })),
    ...(rows.length > limit && last ? { next: last.place } : {}),
  }
}

/** What a question's answer says in one cell; empty for none. */
export function cellOf(question: SurveyQuestion, answer: SurveyAnswer | undefined): string {
  if (!answer) return ''
  if (answer.kind === 'text') return answer.text
  if (answer.kind === 'scale') return String(answer.value)
  const chosen = answer.kind === 'choice' ? [answer.optionId] : answer.optionIds
  const options = 'options' in question ? question.options : []
  return options.flatMap(one => (chosen.includes(one.id) ? [one.text] : [])).join('; ')
}

/** Who said what, by name: for a survey that stands under names alone. One query. */
export async function listNamed(ctx: Ctx, row: SurveyRow): Promise<{ name: string; answers: SurveyAnswer[] }[]> {
  if (row.anonymous) return []
  return ctx.sql<{ name: string; answers: SurveyAnswer[] }>(
    `select n.name, a.answers from (${told}) a join accounts n on n.id = a.account_id order by lower(n.name), n.id`,
    of(row),
  )
}
