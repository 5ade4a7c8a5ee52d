// Assignments in words: when they are due, how late something is, how a submission stands.
import { dueTime } from '#client/features/activities/course-facts.ts'
import { sizeWords } from '#client/features/files/store.ts'
import { lateWords } from '#client/features/grades/late.ts'
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import type { Tone } from '#client/ui/Badge.tsx'
import type { HandIn, SubmissionStatus } from '#protocol/assignments/submissions.ts'

/** "Due Friday at 18:00", by the clocks of the course. */
export const dueWords = (courseId: string, dueAt: string | null): string =>
  dueAt === null ? t('assignments.noDue') : t('assignments.due', { when: dueTime(courseId, dueAt) })

const statusKeys = {
  none: 'assignments.statusNone',
  'handed-in': 'assignments.statusHandedIn',
  late: 'assignments.statusLate',
  marked: 'assignments.statusMarked',
} as const satisfies Record<SubmissionStatus, PlainTextKey>

export const statusWords = (status: SubmissionStatus): string => t(statusKeys[status])

export const statusTones: { readonly [S in SubmissionStatus]: Tone } = {
  none: 'neutral',
  'handed-in': 'accent',
  late: 'warn',
  marked: 'good',
}

/** How many words a text has, roughly as people count. */
export const wordCount = (text: string): number => text.trim().split(/\s+/).filter(Boolean).length

/** "A text of 120 words, 2 files". */
export const handedWords = ({ text, files }: Pick<HandIn, 'text' | 'files'>): string =>
  [
    ...(text.trim() === '' ? [] : [t('assignments.handInText', { count: wordCount(text) })]),
    ...(files.length === 0 ? [] : [t('assignments.handInFiles', { count: files.length })]),
  ].join(', ')

export { lateWords, sizeWords }
