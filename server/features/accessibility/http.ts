// The doors of accessibility: for who may change a course's content, of every course for those who manage the site, and
// for whoever was asked to mend something.

import { type FindingRule, gravityOf } from '#protocol/accessibility/findings.ts'
import type { accessibilityRoutes } from '#protocol/accessibility.ts'
import { demandMay, site } from '#server/features/access/index.ts'
import { readersTexts } from '#server/features/accounts/index.ts'
import { courseContext, getCourse } from '#server/features/courses/index.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { FileAnswer, type Handlers } from '#server/platform/feature.ts'
import { csvFile } from '#server/platform/http/csv.ts'
import { askOwners } from './actions/ask.ts'
import { ownersIn, planFor } from './queries/owners.ts'
import { courseReport, siteReport } from './queries/report.ts'
import { getRequest } from './queries/requests.ts'

async function demandCourse(ctx: Ctx, courseId: string): Promise<void> {
  await demandMay(ctx, 'content.change', courseContext(courseId), 'reading')
  await getCourse(ctx, courseId)
}

/** A line a finding: item, kind, what, how grave, what stands there, whose. */
async function asCsv(ctx: Ctx, courseId: string, rule: FindingRule | undefined): Promise<string> {
  const { accessibility: words } = await readersTexts(ctx)
  const lines: string[][] = [[words.item, words.rule, words.gravity, words.place, words.owner]]
  let after: string | undefined
  do {
    const page = await courseReport(ctx, { courseId, rule, after, limit: 200 })
    for (const { title, findings, owner } of page.items)
      for (const one of findings)
        lines.push([
          title,
          words[`rule_${one.rule}`],
          words[gravityOf[one.rule]],
          one.words,
          owner?.name ?? page.instructors.join(', '),
        ])
    after = page.next
  } while (after !== undefined)
  return csvFile(lines)
}

export const httpHandlers: Handlers<typeof accessibilityRoutes> = {
  course: async (ctx, input) => {
    await demandCourse(ctx, input.courseId)
    return courseReport(ctx, input)
  },
  csv: async (ctx, { courseId, rule }) => {
    await demandCourse(ctx, courseId)
    return new FileAnswer('accessibility.csv', 'text/csv; charset=utf-8', await asCsv(ctx, courseId, rule))
  },
  site: async (ctx, input) => {
    await demandMay(ctx, 'site.manage', site)
    return siteReport(ctx, input)
  },
  owners: async (ctx, input) => {
    await demandMay(ctx, 'site.manage', site)
    const plan = await planFor(ctx, input)
    return { items: await ownersIn(ctx, plan, input), unowned: plan.unowned }
  },
  ask: async (ctx, input) => {
    await demandMay(ctx, 'site.manage', site)
    return askOwners(ctx, input)
  },
  request: (ctx, { requestId }) => getRequest(ctx, accountOf(ctx.who), requestId),
}
