// What the client asks about attendance: lists read whole, and corrections with their way back. The only place that asks.
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { showToast } from '#client/ui/Toast.tsx'
import {
  type Attendance,
  type AttendanceMark,
  type AttendanceRow,
  attendanceRoutes,
  type CorrectedStatus,
} from '#protocol/attendance.ts'
import type { InputBefore, Output } from '#protocol/base/call.ts'
import type { RunId } from '#protocol/live.ts'
import { statusLook } from './words.ts'

type ListPage = Output<typeof attendanceRoutes.list>
type TablePage = Output<typeof attendanceRoutes.table>
export type OwnRow = Output<typeof attendanceRoutes.mine>['items'][number]

export interface ClassAttendance {
  readonly run: ListPage['run']
  readonly rows: readonly AttendanceRow[]
}

export interface CourseAttendance {
  readonly runs: TablePage['runs']
  readonly rows: TablePage['items']
}

/** The list of a class comes in pages and is shown whole. */
export async function wholeList(runId: RunId): Promise<ClassAttendance> {
  const rows: AttendanceRow[] = []
  let page: ListPage | undefined
  do {
    page = await request(attendanceRoutes.list, { runId, limit: 200, ...(page?.next ? { after: page.next } : {}) })
    rows.push(...page.items)
  } while (page.next)
  return { run: page.run, rows }
}

/** The table of a course, whole. */
export async function wholeTable(courseId: string): Promise<CourseAttendance> {
  const rows: TablePage['items'][number][] = []
  let runs: TablePage['runs'] = []
  let after: string | undefined
  do {
    const page: TablePage = await request(attendanceRoutes.table, { courseId, limit: 200, ...(after ? { after } : {}) })
    if (after === undefined) runs = page.runs
    rows.push(...page.items)
    after = page.next
  } while (after)
  return { runs, rows }
}

type Whose = { readonly runId: RunId; readonly accountId: string; readonly name: string }
type Correct = InputBefore<typeof attendanceRoutes.correct>
type History = InputBefore<typeof attendanceRoutes.history>

/** Every correction of one person in a class. */
export const readHistory = async ({ runId, accountId }: Omit<Whose, 'name'>): Promise<readonly AttendanceMark[]> =>
  (await request(attendanceRoutes.history, { runId, accountId } as History)).items

/** Says how somebody stands, with the way back in the notice. Throws what the server refuses. */
export async function correct(
  who: Whose,
  before: Pick<Attendance, 'version' | 'mark'>,
  to: { readonly status: CorrectedStatus | null; readonly note: string },
): Promise<void> {
  const { runId, accountId, name } = who
  const send = (version: number, what: { status: CorrectedStatus | null; note: string }) =>
    request(attendanceRoutes.correct, { runId, accountId, version, ...what } as Correct)
  const now = await send(before.version, to)
  showToast({
    text: t('attendance.saved', { name, status: statusLook(now.status).word }),
    onUndo: () =>
      void send(now.version, { status: before.mark?.status ?? null, note: before.mark?.note ?? '' }).then(
        () => showToast({ text: t('attendance.undone') }),
        error => showToast({ text: problemWords(error), tone: 'bad' }),
      ),
  })
}
