// What keeps people out of a course, or lets them in, as a word.
import { dayWord } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import type { OpenCourse } from '#protocol/openings.ts'

/** The day of an instant by the clocks of the course; the moment before it where it is an end. */
export const dayThere = ({ timeZone }: OpenCourse, at: string, which: 'first' | 'last'): string =>
  dayWord(which === 'first' ? at : new Date(Date.parse(at) - 1).toISOString(), undefined, timeZone)

/** Whether the reader is in it, else what there is to know before trying. */
export function OpenBadges({ course }: { readonly course: OpenCourse }) {
  if (course.isIn) return <Badge tone="good">{t('openings.isIn')}</Badge>
  if (course.state === 'full') return <Badge tone="warn">{t('openings.full')}</Badge>
  if (course.state === 'closed') return <Badge>{t('openings.closed')}</Badge>
  if (course.state === 'not-yet' && course.opensAt !== null)
    return <Badge>{t('openings.notYet', { date: dayThere(course, course.opensAt, 'first') })}</Badge>
  return (
    <>
      {course.key && <Badge>{t('openings.needsKey')}</Badge>}
      {course.free !== null && <Badge>{t('openings.free', { count: course.free })}</Badge>}
    </>
  )
}
