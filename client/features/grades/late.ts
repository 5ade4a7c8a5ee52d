// Late work in words: how late, what the policy takes, what became of a mark.
import { t } from '#client/platform/texts.ts'
import { type Lateness, type LatePolicy, penaltyOf } from '#protocol/grades/late.ts'
import { score } from './numbers.ts'

/** "2 hours": a part of one counts as one less than whole, so that nobody is told more than is so; a minute at least. */
export function lateWords(seconds: number): string {
  const minutes = Math.max(1, Math.floor(seconds / 60))
  if (minutes < 60) return t('assignments.lateMinutes', { count: minutes })
  const hours = Math.floor(minutes / 60)
  return hours < 48
    ? t('assignments.lateHours', { count: hours })
    : t('assignments.lateDays', { count: Math.floor(hours / 24) })
}

const offWords = {
  hour: { plain: 'grading.perHourOff', floored: 'grading.perHourFloor' },
  day: { plain: 'grading.perDayOff', floored: 'grading.perDayFloor' },
} as const

/** A policy as sentences without their stops; none where it says nothing. */
export function policyWords({ late, missing }: LatePolicy): string[] {
  const words: string[] = []
  if (late) {
    const figures = { percent: score(late.percent), floor: score(late.floor) }
    words.push(t(offWords[late.per][Number(late.floor) > 0 ? 'floored' : 'plain'], figures))
    if (late.graceMinutes > 0) words.push(t('grading.graceWords', { count: late.graceMinutes }))
  }
  if (missing !== null) words.push(t('grading.missingWords', { percent: score(missing) }))
  return words
}

/** What handing in so late takes, as it stands now; undefined where no policy takes anything. */
export function warningWords(policy: LatePolicy, seconds: number): string | undefined {
  if (!policy.late) return undefined
  const percent = penaltyOf(policy, seconds)
  const late = lateWords(seconds)
  return percent === '0' ? t('grading.warnNothing', { late }) : t('grading.warnLate', { late, percent: score(percent) })
}

/** What became of a mark, in a few words; undefined where nothing did. */
export function latenessWords(late: Lateness | null | undefined): string | undefined {
  if (!late) return undefined
  if (late.is === 'missing') return t('grading.missing')
  const words = lateWords(late.seconds)
  if (late.waived) return t('grading.lateWaived', { late: words })
  return Number(late.deducted) === 0
    ? t('grading.lateTookNothing', { late: words })
    : t('grading.lateTook', { late: words, points: score(late.deducted) })
}
