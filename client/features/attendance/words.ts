// How somebody stood in a class as a word, a sign and a colour; and the evidence in a line. Pure but for the catalogue.
import { Check, CircleX, Clock, LogOut, ShieldCheck } from 'lucide-preact'
import { clockTimeHere } from '#client/platform/dates.ts'
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import type { Tone } from '#client/ui/Badge.tsx'
import type { LucideIcon } from '#client/ui/Icon.tsx'
import {
  type Attendance,
  type AttendanceEvidence,
  type AttendanceStatus,
  type AttendedRun,
  lateAfterMinutes,
  leastShare,
  leftBeforeMinutes,
} from '#protocol/attendance.ts'

const looks: { readonly [S in AttendanceStatus]: readonly [PlainTextKey, LucideIcon, Tone] } = {
  present: ['attendance.present', Check, 'good'],
  late: ['attendance.late', Clock, 'warn'],
  'left-early': ['attendance.left-early', LogOut, 'warn'],
  absent: ['attendance.absent', CircleX, 'bad'],
  excused: ['attendance.excused', ShieldCheck, 'neutral'],
}

/** A status as a word with its sign and tone. */
export function statusLook(status: AttendanceStatus): { word: string; icon: LucideIcon; tone: Tone } {
  const [key, icon, tone] = looks[status]
  return { word: t(key), icon, tone }
}

/** The same in a class; while it runs nobody is missed. */
export function standingLook(
  run: Pick<AttendedRun, 'endedAt'>,
  one: Pick<Attendance, 'status'> & (Pick<Attendance, 'mark'> | { readonly corrected: boolean }),
): { word: string; icon: LucideIcon; tone: Tone } {
  const corrected = 'corrected' in one ? one.corrected : one.mark !== null
  if (run.endedAt === null && one.status === 'absent' && !corrected)
    return { word: t('attendance.notYet'), icon: Clock, tone: 'neutral' }
  return statusLook(one.status)
}

/** What was seen of somebody: "Joined 10:03 · 98 % of the class · answered 5 of 6". */
export function evidenceWords({ joinedAt, seenAt, share, answered, asked }: AttendanceEvidence): string {
  if (joinedAt === null) return t('attendance.noSeat')
  return [
    t('attendance.joinedAt', { time: clockTimeHere(joinedAt) }),
    share === null ? '' : t('attendance.shareOf', { percent: share }),
    seenAt === null ? '' : t('attendance.seenAt', { time: clockTimeHere(seenAt) }),
    asked === 0 ? '' : t('attendance.answeredOf', { answered, asked }),
  ]
    .filter(words => words !== '')
    .join(' · ')
}

/** What the suggestion goes by. */
export const rulesWords = (): string =>
  t('attendance.rules', { late: lateAfterMinutes, left: leftBeforeMinutes, share: leastShare })

/** Classes somebody was in, of those they were due in and not excused from. */
export function wasIn(statuses: readonly AttendanceStatus[]): { readonly count: number; readonly of: number } {
  const due = statuses.filter(status => status !== 'excused')
  return { count: due.filter(status => status !== 'absent').length, of: due.length }
}
