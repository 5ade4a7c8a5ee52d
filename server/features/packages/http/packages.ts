// The HTTP door of packages: asks for the right, then calls the action or query. How somebody got on is read by themselves and
// by who sees all grades of the course.
import type { CoursePackage, PlayerAway, packageRoutes } from '#protocol/packages.ts'
import { demandMay } from '#server/features/access/index.ts'
import { readersTexts } from '#server/features/accounts/index.ts'
import { courseContext, demandThing } from '#server/features/courses/index.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { FileAnswer, type Handlers } from '#server/platform/feature.ts'
import { csvFile } from '#server/platform/http/csv.ts'
import { startContent } from '../actions/contents.ts'
import { changePackage, createPackage } from '../actions/packages.ts'
import { openSitting } from '../actions/sittings.ts'
import { countLearners, listLearners, ownAttempts } from '../queries/attempts.ts'
import { getPackage, learnsIn, type OfPackage, packageKind, packageOf } from '../queries/packages.ts'
import type { PackageRow } from '../tables.ts'
import { isKept, packageFor, toldTo } from './rights.ts'

const awayFor = (ctx: Ctx, { content }: CoursePackage): PlayerAway | null =>
  ctx.session?.content == null ? 'not-set-up' : content?.form === 'h5p' && !ctx.players.has('h5p') ? 'no-h5p' : null

async function listAsCsv(ctx: Ctx, row: PackageRow, input: OfPackage): Promise<string> {
  const { packages: words } = await readersTexts(ctx)
  const statuses = {
    ...{ none: words.statusNone, begun: words.statusBegun, completed: words.statusCompleted },
    ...{ passed: words.statusPassed, failed: words.statusFailed },
  } as const
  const lines: string[][] = [
    [words.learner, words.status, words.attempts, words.scoreColumn, words.seconds, words.lastAt],
  ]
  let after: string | undefined
  do {
    const page = await listLearners(ctx, row, { ...input, filter: 'all', after, limit: 200 })
    for (const one of page.items)
      lines.push([
        ...[one.name, statuses[one.status], String(one.attempts), one.score ?? '', String(one.seconds), one.at ?? ''],
      ])
    after = page.next
  } while (after !== undefined)
  return csvFile(lines)
}

async function forStaff(ctx: Ctx, input: OfPackage): Promise<PackageRow> {
  await demandMay(ctx, 'grade.view-all', courseContext(input.courseId))
  return (await getPackage(ctx, input)).row
}

export const httpHandlers: Handlers<typeof packageRoutes> = {
  create: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return { package: await createPackage(ctx, input) }
  },
  get: async (ctx, input) => {
    const { here, row, item, mayChange } = await packageFor(ctx, input)
    const accountId = accountOf(ctx.who)
    const learns = await learnsIn(ctx, row.courseId, accountId)
    const shown = await packageOf(row)
    return {
      package: shown,
      published: item.published,
      mayChange,
      mayReadAll: here.may('grade.view-all'),
      away: awayFor(ctx, shown),
      kept: await isKept(ctx, row, item.published),
      own: learns ? await toldTo(ctx, row, accountId, await ownAttempts(ctx, row, accountId)) : null,
    }
  },
  change: async (ctx, input) => {
    await demandThing(ctx, 'content.change', { courseId: input.courseId, kind: packageKind, refId: input.packageId })
    await getPackage(ctx, input)
    return { package: await changePackage(ctx, input) }
  },
  startUpload: async (ctx, { courseId, packageId, ...begun }) => {
    await demandThing(ctx, 'content.change', { courseId, kind: packageKind, refId: packageId })
    const { row } = await getPackage(ctx, { courseId, packageId })
    return { upload: await startContent(ctx, row, begun) }
  },
  open: async (ctx, { attempt, ...input }) => {
    const { row, item } = await packageFor(ctx, input)
    return openSitting(ctx, row, { attempt, kept: await isKept(ctx, row, item.published) })
  },
  list: async (ctx, input) => {
    const row = await forStaff(ctx, input)
    const page = await listLearners(ctx, row, input)
    return { ...page, counts: input.after === undefined ? await countLearners(ctx, input) : null }
  },
  csv: async (ctx, input) => {
    const row = await forStaff(ctx, input)
    return new FileAnswer('package.csv', 'text/csv; charset=utf-8', await listAsCsv(ctx, row, input))
  },
}
