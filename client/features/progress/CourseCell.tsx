// Whether a learner has completed the course, in the table of the staff, and the marks that a teacher gives and takes there.
import { Check } from 'lucide-preact'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import { Menu, type MenuItem } from '#client/ui/Menu.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { InputBefore } from '#protocol/base/call.ts'
import { type CourseMark, courseCompletionRoutes } from '#protocol/progress/course.ts'
import type { ProgressRow } from '#protocol/progress.ts'

type StaffMark = Exclude<CourseMark, 'self'>

const acts = {
  teacher: { give: 'progress.markTeacher', take: 'progress.takeTeacher' },
  whole: { give: 'progress.markWhole', take: 'progress.takeWhole' },
} as const satisfies Record<StaffMark, { give: PlainTextKey; take: PlainTextKey }>

const saidWords = (what: StaffMark, done: 'yes' | 'no', name: string): string =>
  what === 'teacher'
    ? t(done === 'yes' ? 'progress.markedTeacher' : 'progress.takenTeacher', { name })
    : t(done === 'yes' ? 'progress.markedWhole' : 'progress.takenWhole', { name })

async function mark(courseId: string, { accountId, name }: ProgressRow, what: StaffMark, done: 'yes' | 'no') {
  const send = (word: 'yes' | 'no') =>
    request(courseCompletionRoutes.markLearner, { courseId, accountId, what, done: word } as InputBefore<
      typeof courseCompletionRoutes.markLearner
    >)
  const failed = (error: unknown) => showToast({ text: problemWords(error), tone: 'bad' })
  try {
    await send(done)
  } catch (error) {
    failed(error)
    return
  }
  showToast({
    text: saidWords(what, done, name),
    onUndo: () => void send(done === 'yes' ? 'no' : 'yes').catch(failed),
  })
}

export interface CourseCellProps {
  readonly courseId: string
  readonly row: ProgressRow
  readonly mayMark: boolean
  /** The rule asks a teacher to confirm. */
  readonly confirmed: boolean
}

/** The record, the marks, and the way to give or take one. */
export function CourseCell({ courseId, row, mayMark, confirmed }: CourseCellProps) {
  const { record, marks } = row.course ?? { record: null, marks: [] }
  const asked: StaffMark[] = confirmed || marks.includes('teacher') ? ['teacher', 'whole'] : ['whole']
  const entries: MenuItem[] = asked.map(what => {
    const given = marks.includes(what)
    const label = t(given ? acts[what].take : acts[what].give)
    return { label, onSelect: () => void mark(courseId, row, what, given ? 'no' : 'yes') }
  })
  return (
    <span class="course-cell">
      <span class="progress-cell" data-tone={record ? 'good' : undefined}>
        {record && (
          <>
            <Icon as={Check} label={t('progress.courseCompleted')} />
            <Time at={record.at} form="day" />
          </>
        )}
        {marks.includes('whole') && <span>{t('progress.byTeacher')}</span>}
        {!record && marks.includes('teacher') && <span>{t('progress.confirmedOne')}</span>}
      </span>
      {mayMark && <Menu label={t('progress.courseMenu', { name: row.name })} items={entries} />}
    </span>
  )
}
