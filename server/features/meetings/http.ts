// The HTTP door of meetings: asks for the right, then calls the action or query.
import { demand } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { MeetingId, meetingRoutes } from '#protocol/meetings.ts'
import { demandMay, demandNotOver } from '#server/features/access/index.ts'
import { readersTexts } from '#server/features/accounts/index.ts'
import { demandOpen } from '#server/features/conditions/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { FileAnswer, type Handlers } from '#server/platform/feature.ts'
import { csvFile } from '#server/platform/http/csv.ts'
import { changeMeeting, createMeeting, noteVisit } from './actions.ts'
import { findVisit, getMeeting, listAttendance, meetingKind, meetingOf } from './queries.ts'

interface OfMeeting {
  readonly courseId: CourseId
  readonly meetingId: MeetingId
}

/** The meeting for whoever may look at the course. What is not released is, for learners, not there. */
async function meetingFor(ctx: Ctx, input: OfMeeting) {
  const here = await demandMay(ctx, 'course.view', courseContext(input.courseId))
  const { row, item } = await getMeeting(ctx, input)
  const mayChange = here.may('content.change')
  demand(item.published || mayChange, 'not-found')
  if (!mayChange) await demandOpen(ctx, input.courseId, { kind: meetingKind, refId: row.id })
  return { here, row, item, mayChange }
}

async function demandAttendance(ctx: Ctx, input: OfMeeting): Promise<void> {
  await demandMay(ctx, 'grade.view-all', courseContext(input.courseId))
  await getMeeting(ctx, input)
}

async function attendanceCsv(ctx: Ctx, input: OfMeeting): Promise<string> {
  const { meetings: words } = await readersTexts(ctx)
  const lines: string[][] = [[words.person, words.joined, words.firstAt, words.lastAt, words.presses]]
  let after: string | undefined
  do {
    const page = await listAttendance(ctx, { ...input, after, limit: 200 })
    for (const { name, visit } of page.items)
      lines.push([
        name,
        visit ? words.yes : words.no,
        ...(visit ? [visit.firstAt, visit.lastAt, String(visit.presses)] : ['', '', '0']),
      ])
    after = page.next
  } while (after !== undefined)
  return csvFile(lines)
}

export const httpHandlers: Handlers<typeof meetingRoutes> = {
  create: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return { meeting: await createMeeting(ctx, input) }
  },
  get: async (ctx, input) => {
    const { here, row, item, mayChange } = await meetingFor(ctx, input)
    return {
      meeting: meetingOf(row, mayChange ? 'with address' : 'without'),
      published: item.published,
      mayChange,
      maySeeAttendance: here.may('grade.view-all'),
      visit: (await findVisit(row.id, accountOf(ctx.who))) ?? null,
    }
  },
  change: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    await getMeeting(ctx, input)
    return { meeting: await changeMeeting(ctx, input) }
  },
  join: async (ctx, input) => {
    const { row } = await meetingFor(ctx, input)
    await demandNotOver(ctx, courseContext(input.courseId))
    return { address: row.address, visit: await noteVisit(ctx, row.id, accountOf(ctx.who)) }
  },
  attendance: async (ctx, input) => {
    await demandAttendance(ctx, input)
    return listAttendance(ctx, input)
  },
  attendanceCsv: async (ctx, input) => {
    await demandAttendance(ctx, input)
    return new FileAnswer('attendance.csv', 'text/csv; charset=utf-8', await attendanceCsv(ctx, input))
  },
}
