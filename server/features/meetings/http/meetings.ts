// The HTTP door of meetings: asks for the right, then calls the action or query.
import type { CourseId } from '#protocol/courses.ts'
import type { MeetingId, meetingRoutes } from '#protocol/meetings.ts'
import { demandMay, demandNotOver } from '#server/features/access/index.ts'
import { readersTexts } from '#server/features/accounts/index.ts'
import { demandSeen } from '#server/features/conditions/index.ts'
import { courseContext, demandThing } from '#server/features/courses/index.ts'
import { accountOf, type Ctx, demandAccount } from '#server/platform/ctx.ts'
import { FileAnswer, type Handlers } from '#server/platform/feature.ts'
import { csvFile } from '#server/platform/http/csv.ts'
import { wayInto } from '../actions/joining.ts'
import { changeMeeting, createMeeting } from '../actions/meetings.ts'
import { noteVisit } from '../actions/visits.ts'
import { watch } from '../actions/watching.ts'
import { findVisit, getMeeting, listAttendance, meetingKind, meetingOf } from '../queries/meetings.ts'
import { listServers, serverOf } from '../queries/servers.ts'

interface OfMeeting {
  readonly courseId: CourseId
  readonly meetingId: MeetingId
}

/** The meeting for whoever may look at the course. What is not released is, for learners, not there. */
async function meetingFor(ctx: Ctx, input: OfMeeting) {
  const here = await demandMay(ctx, 'course.view', courseContext(input.courseId))
  const { row, item } = await getMeeting(ctx, input)
  const mayChange = await demandSeen(ctx, here, input.courseId, item)
  return { here, row, item, mayChange }
}

async function demandAttendance(ctx: Ctx, input: OfMeeting): Promise<void> {
  await demandMay(ctx, 'grade.view-all', courseContext(input.courseId))
  await getMeeting(ctx, input)
}

async function attendanceCsv(ctx: Ctx, input: OfMeeting): Promise<string> {
  const { meetings: words } = await readersTexts(ctx)
  const lines: string[][] = [[words.person, words.joined, words.firstAt, words.lastAt, words.presses, words.minutes]]
  let after: string | undefined
  do {
    const page = await listAttendance(ctx, { ...input, after, limit: 200 })
    for (const { name, visit } of page.items)
      lines.push([
        name,
        visit ? words.yes : words.no,
        ...(visit ? [visit.firstAt, visit.lastAt, String(visit.presses)] : ['', '', '0']),
        visit?.seconds == null ? '' : String(Math.round(visit.seconds / 60)),
      ])
    after = page.next
  } while (after !== undefined)
  return csvFile(lines)
}

export const httpHandlers: Handlers<typeof meetingRoutes> = {
  servers: async (ctx, { courseId }) => {
    await demandMay(ctx, 'content.change', courseContext(courseId))
    return { items: await listServers(ctx) }
  },
  create: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return { meeting: await createMeeting(ctx, input) }
  },
  get: async (ctx, input) => {
    const { here, row, item, mayChange } = await meetingFor(ctx, input)
    return {
      meeting: meetingOf(row, await serverOf(row), mayChange ? 'with address' : 'without'),
      published: item.published,
      mayChange,
      maySeeAttendance: here.may('grade.view-all'),
      visit: (await findVisit(row.id, accountOf(ctx.who))) ?? null,
    }
  },
  change: async (ctx, input) => {
    await demandThing(ctx, 'content.change', { courseId: input.courseId, kind: meetingKind, refId: input.meetingId })
    await getMeeting(ctx, input)
    return { meeting: await changeMeeting(ctx, input) }
  },
  // Its server is asked outside any transaction.
  join: {
    prepare: async (ctx, input) => {
      const { here, row } = await meetingFor(ctx, input)
      await demandNotOver(ctx, courseContext(input.courseId))
      const { accountId, name } = demandAccount(ctx.who)
      const as = here.may('live.host') ? 'moderator' : 'viewer'
      const address = await wayInto(ctx, row, { accountId, name, as })
      return async tx => {
        await watch(tx, row.id)
        return { address, visit: await noteVisit(tx, row.id, accountId) }
      }
    },
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
