// The doors of attendance: the list of a class and its corrections, the table of a course, both as files, and one's own.
import type { AttendanceStatus, attendanceRoutes } from '#protocol/attendance.ts'
import type { Output } from '#protocol/base/call.ts'
import type { CourseId } from '#protocol/courses.ts'
import { demandMay } from '#server/features/access/index.ts'
import { readersTexts } from '#server/features/accounts/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { FileAnswer, type Handlers } from '#server/platform/feature.ts'
import { csvFile } from '#server/platform/http/csv.ts'
import { correctAttendance } from './actions/correct.ts'
import { listMarks } from './queries/evidence.ts'
import { attendanceList, attendanceTable, getRunPlace, ownAttendance, type RunPlace } from './queries/lists.ts'

const csvType = 'text/csv; charset=utf-8'

async function listAsCsv(ctx: Ctx, run: RunPlace): Promise<string> {
  const { attendance: words, courses } = await readersTexts(ctx)
  const { learner, joined, seen, share, answered, asked, status, suggested, note, by } = words
  const lines: string[][] = [[learner, status, suggested, joined, seen, share, answered, asked, note, by]]
  let after: string | undefined
  do {
    const page = await attendanceList(ctx, run, { after, limit: 200 })
    for (const { name, role, evidence, mark, ...one } of page.items)
      lines.push([
        role === 'guest' ? `${name} (${courses.peopleGuest})` : name,
        words[one.status],
        words[one.suggested],
        evidence.joinedAt ?? '',
        evidence.seenAt ?? '',
        evidence.share === null ? '' : String(evidence.share),
        String(evidence.answered),
        String(evidence.asked),
        mark?.note ?? '',
        mark?.by ?? '',
      ])
    after = page.next
  } while (after !== undefined)
  return csvFile(lines)
}

async function tableAsCsv(ctx: Ctx, courseId: CourseId): Promise<string> {
  const { attendance: words } = await readersTexts(ctx)
  const lines: string[][] = []
  let runs: readonly { id: string; title: string; startedAt: string }[] = []
  let after: string | undefined
  do {
    const page = await attendanceTable(ctx, { courseId, after, limit: 200 })
    if (after === undefined) {
      runs = page.runs
      lines.push([words.learner, ...runs.map(one => `${one.title} (${one.startedAt.slice(0, 10)})`)])
    }
    for (const { name, cells } of page.items) {
      const found = new Map<string, AttendanceStatus>(cells.map(cell => [cell.runId, cell.status]))
      lines.push([
        name,
        ...runs.map(({ id }) => {
          const status = found.get(id)
          return status ? words[status] : ''
        }),
      ])
    }
    after = page.next
  } while (after !== undefined)
  return csvFile(lines)
}

/** A class, for somebody who may see who is in its course. */
async function seen(ctx: Ctx, runId: RunPlace['id']): Promise<RunPlace> {
  const run = await getRunPlace(ctx, runId)
  await demandMay(ctx, 'course.view-people', courseContext(run.courseId))
  return run
}

/** What somebody reads of their own attendance in a course; asks whether they may. Throws what `demandMay` throws. */
export async function readOwnAttendance(ctx: Ctx, courseId: string): Promise<Output<typeof attendanceRoutes.mine>> {
  await demandMay(ctx, 'activity.view', courseContext(courseId))
  await demandMay(ctx, 'course.view', courseContext(courseId))
  return ownAttendance(ctx, courseId as CourseId, accountOf(ctx.who))
}

export const httpHandlers: Handlers<typeof attendanceRoutes> = {
  list: async (ctx, input) => attendanceList(ctx, await seen(ctx, input.runId), input),
  csv: async (ctx, { runId }) =>
    new FileAnswer('attendance.csv', csvType, await listAsCsv(ctx, await seen(ctx, runId))),
  correct: async (ctx, input) => {
    const run = await getRunPlace(ctx, input.runId)
    await demandMay(ctx, 'attendance.change', courseContext(run.courseId))
    return correctAttendance(ctx, run, input)
  },
  history: async (ctx, { runId, accountId }) => {
    await seen(ctx, runId)
    return { items: await listMarks(ctx, runId, accountId) }
  },
  table: async (ctx, { courseId, ...page }) => {
    await demandMay(ctx, 'course.view-people', courseContext(courseId))
    return attendanceTable(ctx, { courseId: courseId as CourseId, ...page })
  },
  tableCsv: async (ctx, { courseId }) => {
    await demandMay(ctx, 'course.view-people', courseContext(courseId))
    return new FileAnswer('attendance.csv', csvType, await tableAsCsv(ctx, courseId as CourseId))
  },
  mine: (ctx, { courseId }) => readOwnAttendance(ctx, courseId),
}
