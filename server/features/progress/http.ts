// The doors of progress: one's own, that of a course for its staff, and the table as a file.
import type { Output } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { scoredTotal } from '#protocol/grades/total.ts'
import type { ProgressCell, progressRoutes } from '#protocol/progress.ts'
import type { Texts } from '#protocol/texts/en/index.ts'
import { demandMay, may } from '#server/features/access/index.ts'
import { readersTexts } from '#server/features/accounts/index.ts'
import { courseContext, demandItems } from '#server/features/courses/index.ts'
import { ownTotal } from '#server/features/grades/index.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { FileAnswer, type Handlers } from '#server/platform/feature.ts'
import { csvFile } from '#server/platform/http/csv.ts'
import { changeRule, markDone } from './actions.ts'
import { ownProgress } from './queries/own.ts'
import { getMarked, listRules } from './queries/record.ts'
import { completionTable } from './queries/table.ts'
import { nextStep } from './rules.ts'

/** The total of the grades this person may be told already; null while there is none, or where the course tells none. */
async function gradeSoFar(ctx: Ctx, courseId: string, accountId: AccountId) {
  const total = await ownTotal(ctx, courseId, accountId)
  return total && scoredTotal(total)
}

function wordOf({ state, how, at }: ProgressCell, { progress: texts, grades }: Texts): string {
  if (state === 'done' && at) return at.slice(0, 10)
  if (state === 'missed' && how === 'handed-in') return grades.missing
  return { done: texts.done, open: texts.toDo, missed: texts.missed, none: '' }[state]
}

async function tableAsCsv(ctx: Ctx, courseId: string): Promise<string> {
  const all = await readersTexts(ctx)
  const texts = all.progress
  const lines: string[][] = []
  let after: string | undefined
  do {
    const page = await completionTable(ctx, { courseId, filter: 'all', after, limit: 200 })
    if (after === undefined) lines.push([texts.learner, texts.done, texts.of, ...page.items.map(item => item.title)])
    for (const { name, sum, cells } of page.rows)
      lines.push([name, String(sum.done), String(sum.of), ...cells.map(cell => wordOf(cell, all))])
    after = page.next
  } while (after !== undefined)
  return csvFile(lines)
}

/** How far somebody is in a course they may see; asks whether they may. Throws what `demandMay` throws. */
export async function readOwnProgress(ctx: Ctx, courseId: string): Promise<Output<typeof progressRoutes.mine>> {
  await demandMay(ctx, 'activity.view', courseContext(courseId))
  await demandMay(ctx, 'course.view', courseContext(courseId))
  const accountId = accountOf(ctx.who)
  const own = (await ownProgress(ctx, accountId, [courseId])).get(courseId)
  const all = own?.items ?? []
  const asked = all.filter(one => one.cell.state !== 'none')
  return {
    items: asked.map(({ item, cell }) => ({ ...item, cell })),
    sum: own?.sum ?? { done: 0, of: 0, missed: 0, late: 0 },
    next: asked.find(one => one.item.itemId === nextStep(asked))?.item.itemId ?? null,
    grade: own ? await gradeSoFar(ctx, courseId, accountId) : null,
  }
}

export const httpHandlers: Handlers<typeof progressRoutes> = {
  mine: (ctx, { courseId }) => readOwnProgress(ctx, courseId),
  courses: async ctx => {
    const own = await ownProgress(ctx, accountOf(ctx.who), null)
    return { items: [...own].map(([courseId, { sum }]) => ({ courseId, sum })) }
  },
  table: async (ctx, input) => {
    await demandMay(ctx, 'grade.view-all', courseContext(input.courseId))
    const { items, ...page } = await completionTable(ctx, input)
    return { items: input.after === undefined ? items : [], ...page }
  },
  rules: async (ctx, { courseId }) => {
    await demandMay(ctx, 'content.change', courseContext(courseId))
    return { rules: await listRules(courseId) }
  },
  changeRule: async (ctx, input) => {
    await demandItems(ctx, 'content.change', input.courseId, [input.itemId])
    return { rule: await changeRule(ctx, input) }
  },
  mark: async (ctx, input) => {
    const context = courseContext(input.courseId)
    await demandMay(ctx, 'course.view', context)
    const item = await getMarked(ctx, input)
    // Progress is that of learners.
    demand(!(await may(ctx, 'content.change', context)))
    await markDone(ctx, item, input.done)
    return {}
  },
  csv: async (ctx, { courseId }) => {
    await demandMay(ctx, 'grade.view-all', courseContext(courseId))
    return new FileAnswer('progress.csv', 'text/csv; charset=utf-8', await tableAsCsv(ctx, courseId))
  },
}
