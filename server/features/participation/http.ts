// The doors of participation: for the staff of a course, and of every course for those who manage the site.
import type { participationRoutes } from '#protocol/participation.ts'
import { demandMay, site } from '#server/features/access/index.ts'
import { readersTexts } from '#server/features/accounts/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { FileAnswer, type Handlers } from '#server/platform/feature.ts'
import { csvFile } from '#server/platform/http/csv.ts'
import { courseParticipation, demandWasIn, participationRows, siteParticipation } from './queries.ts'

// Where there was nothing to take part in nobody took part, or missed anything.
const pair = (one: number, of: number): string[] => (of === 0 && one === 0 ? ['', ''] : [String(one), String(of)])

async function asCsv(ctx: Ctx, courseId: string, until: string | undefined): Promise<string> {
  const { participation } = await readersTexts(ctx)
  const { learner, week, classes, held, answers, asked, handedIn, due, messages } = participation
  const lines: string[][] = [[learner, week, classes, held, answers, asked, handedIn, due, messages]]
  let after: string | undefined
  do {
    const page = await courseParticipation(ctx, { courseId, until, after, limit: 200 })
    for (const { name, weeks } of page.rows)
      for (const [at, one] of weeks.entries())
        lines.push([
          name,
          page.weeks[at] ?? '',
          ...pair(one.classes, one.held),
          ...pair(one.answers, one.asked),
          ...pair(one.handedIn, one.due),
          String(one.messages),
        ])
    after = page.next
  } while (after !== undefined)
  return csvFile(lines)
}

export const httpHandlers: Handlers<typeof participationRoutes> = {
  course: async (ctx, input) => {
    await demandMay(ctx, 'grade.view-all', courseContext(input.courseId))
    return courseParticipation(ctx, input)
  },
  csv: async (ctx, { courseId, until }) => {
    await demandMay(ctx, 'grade.view-all', courseContext(courseId))
    return new FileAnswer('participation.csv', 'text/csv; charset=utf-8', await asCsv(ctx, courseId, until))
  },
  rows: async (ctx, input) => {
    await demandMay(ctx, 'grade.view-all', courseContext(input.courseId))
    await demandWasIn(input)
    return participationRows(ctx, input)
  },
  site: async (ctx, input) => {
    await demandMay(ctx, 'site.manage', site)
    return siteParticipation(ctx, input)
  },
}
