// The report of a class for its staff: who took part, what each of them answered and what it earned. Five queries a
// page whatever the size of the class. Asks no rights and changes nothing.
import type { ActivityKindName } from '#protocol/activities/registry.ts'
import type { ActivityId, DeliveryId, ItemId, Ruling } from '#protocol/activities.ts'
import type { Input, Output } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { liveRoutes, RunId } from '#protocol/live.ts'
import { readersTexts } from '#server/features/accounts/index.ts'
import { isScored } from '#server/features/activities/index.ts'
import { cellsOf } from '#server/features/grades/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { csvFile } from '#server/platform/http/csv.ts'
import { getRun, runOf } from './runs.ts'

type Report = Output<typeof liveRoutes.report>

interface QuestionRow {
  delivery_id: DeliveryId
  item_id: ItemId
  title: string
  kind: ActivityKindName
  settings: unknown
  prompt: string
  points: string
  activity_id: ActivityId
  ruling: Ruling
  corrected_at: Date | null
  note: string | null
}

/** What was asked, in the order in which it was opened. */
const questionsOf = (ctx: Ctx, runId: string) =>
  ctx.sql<QuestionRow>(
    `select d.id as delivery_id, i.id as item_id, a.title, a.kind, a.settings, v.body ->> 'prompt' as prompt,
            trim_scale(i.points)::text as points, a.id as activity_id, i.ruling, c.at as corrected_at, c.note
       from run_deliveries r
       join deliveries d on d.id = r.delivery_id
       join activities a on a.id = d.activity_id
       cross join lateral jsonb_array_elements_text(d.shared -> 'opened') with ordinality as opened(item_id, place)
       join activity_items i on i.id = opened.item_id::uuid
       join question_versions v on v.id = i.question_version_id
       left join lateral (select at, note from corrections where item_id = i.id order by id desc limit 1) c on true
      where r.run_id = $1
      order by r.position, d.id, opened.place`,
    [runId],
  )

interface PersonRow {
  account_id: AccountId
  name: string
  role: 'learner' | 'guest'
  joined_at: Date
  sort: string
  total: number
}

const peopleOf = (ctx: Ctx, runId: string, after: [string, string] | undefined, limit: number) =>
  ctx.sql<PersonRow>(
    `select * from (
       select s.account_id, s.role, s.joined_at, a.name, lower(a.name) as sort, count(*) over ()::int as total
         from seats s join accounts a on a.id = s.account_id
        where s.run_id = $1 and s.role <> 'host'
     ) as people
      where $2::text is null or (sort, account_id) > ($2, $3::uuid)
      order by sort, account_id limit $4`,
    [runId, after?.[0] ?? null, after?.[1] ?? null, limit],
  )

const answersOf = (ctx: Ctx, runId: string, accountIds: readonly AccountId[]) =>
  ctx.sql<{ account_id: AccountId; item_id: ItemId; delivery_id: DeliveryId; answered: boolean; score: string | null }>(
    `select e.account_id, e.item_id, e.delivery_id, e.answered, trim_scale(e.score)::text as score
       from run_deliveries r join evidence e on e.delivery_id = r.delivery_id
      where r.run_id = $1 and e.account_id = any($2::uuid[])`,
    [runId, [...accountIds]],
  )

/**
 * One page of the report, by name; `count`: how many took part in all. Only the first says what was asked. Throws
 * `not-found`, and `malformed` for a cursor that is none.
 */
export async function classReport(ctx: Ctx, input: Input<typeof liveRoutes.report>): Promise<Report> {
  const after = readKeyset(input.after)
  const run = await getRun(ctx, input.runId)
  const questions = after === undefined ? await questionsOf(ctx, run.id) : []
  const people = await peopleOf(ctx, run.id, after, input.limit + 1)
  const shown = people.slice(0, input.limit)
  const accountIds = shown.map(one => one.account_id)
  const answers = new Map<AccountId, Report['items'][number]['answers']>()
  for (const row of await answersOf(ctx, run.id, accountIds)) {
    const { account_id: accountId, delivery_id: deliveryId, item_id: itemId, answered, score } = row
    answers.set(accountId, [...(answers.get(accountId) ?? []), { deliveryId, itemId, answered, score }])
  }
  const cells = await cellsOf(ctx, run.course_id, accountIds)
  const last = shown.at(-1)
  return {
    run: runOf(run),
    questions: questions.map(row => ({
      deliveryId: row.delivery_id,
      itemId: row.item_id,
      activityTitle: row.title,
      prompt: row.prompt,
      points: row.points,
      scored: isScored(row.kind, row.settings) && row.ruling !== 'discarded',
      activityId: row.activity_id,
      ruling: row.ruling,
      corrected: row.corrected_at && { at: new Date(row.corrected_at).toISOString(), note: row.note ?? '' },
    })),
    items: shown.map(row => {
      const cell = cells.get(row.account_id)?.find(one => one.gradeItemId === run.grade_item_id)
      return {
        accountId: row.account_id,
        name: row.name,
        role: row.role,
        joinedAt: new Date(row.joined_at).toISOString(),
        answers: answers.get(row.account_id) ?? [],
        grade: cell ? { score: cell.score, points: cell.points } : null,
      }
    }),
    count: people[0]?.total ?? 0,
    ...(people.length > input.limit && last ? { next: writeKeyset(last.sort, last.account_id) } : {}),
  }
}

/**
 * The whole report as a file, formula cells made harmless. A person's cell is the score, or whether they answered.
 * Throws as `classReport`.
 */
export async function reportAsCsv(ctx: Ctx, runId: RunId): Promise<string> {
  const texts = await readersTexts(ctx)
  const lines: string[][] = []
  let questions: Report['questions'] = []
  let after: string | undefined
  do {
    const page = await classReport(ctx, { runId, after, limit: 200 })
    if (after === undefined) {
      questions = page.questions
      lines.push([
        texts.grades.learner,
        texts.live.joined,
        ...questions.map(one => (one.scored ? `${one.prompt} (${one.points})` : one.prompt)),
        texts.live.answered,
        texts.grades.score,
      ])
    }
    for (const person of page.items) {
      const cells = questions.map(question => {
        const found = person.answers.find(
          one => one.itemId === question.itemId && one.deliveryId === question.deliveryId,
        )
        if (!found?.answered) return texts.live.reportNone
        return question.scored ? (found.score ?? '0') : texts.live.hasAnswered
      })
      const name = person.role === 'guest' ? `${person.name} (${texts.courses.peopleGuest})` : person.name
      const answered = String(person.answers.filter(one => one.answered).length)
      lines.push([name, person.joinedAt, ...cells, answered, person.grade?.score ?? ''])
    }
    after = page.next
  } while (after !== undefined)
  return csvFile(lines)
}
