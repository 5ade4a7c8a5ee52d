// What a copy of a course would hold and where its dates would lie, before anything is made.
import { dayAndTimeIn, dayRange } from '#client/platform/dates.ts'
import type { PlainTextKey } from '#client/platform/texts.ts'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Banner } from '#client/ui/Banner.tsx'
import { Section } from '#client/ui/Card.tsx'
import type { CopyCounts, DateClash, MovedDate } from '#protocol/courses/copy.ts'
import './Copy.css'

export interface Plan {
  readonly counts: CopyCounts
  readonly dates: readonly MovedDate[]
}

const countWords = {
  modules: 'courses.copyModules',
  pages: 'courses.copyPages',
  files: 'courses.copyFiles',
  glossaries: 'courses.copyGlossaries',
  links: 'courses.copyLinks',
  meetings: 'courses.copyMeetings',
  events: 'courses.copyEvents',
  assignments: 'courses.copyAssignments',
  packages: 'courses.copyPackages',
  surveys: 'courses.copySurveys',
  lessons: 'courses.copyLessons',
  activities: 'courses.copyActivities',
  questions: 'courses.copyQuestions',
  homework: 'courses.copyHomework',
  groups: 'courses.copyGroups',
} as const satisfies Record<keyof CopyCounts, string>

const clashWords = {
  past: 'courses.copyClashPast',
  weekend: 'courses.copyClashWeekend',
  'outside-term': 'courses.copyClashTerm',
  'past-term': 'courses.copyClashRuns',
} as const satisfies Record<DateClash, PlainTextKey>

const whatWords = {
  opens: 'courses.copyOpens',
  due: 'courses.copyDue',
  until: 'courses.copyUntil',
  starts: 'courses.copyStarts',
  weekly: 'courses.copyWeekly',
} as const satisfies Record<MovedDate['what'], string>

const sorts = [
  'modules',
  'pages',
  'files',
  'glossaries',
  'links',
  'meetings',
  'events',
  'assignments',
  'packages',
  'surveys',
  'lessons',
  'activities',
  'questions',
  'homework',
  'groups',
] as const

const whenWords = ({ what }: MovedDate, timeZone: string, at: string): string =>
  t(whatWords[what], { when: dayAndTimeIn(timeZone, at) })

interface Days {
  readonly startsOn: string
  readonly endsOn: string
}

/** What speaks against a date, in words. */
function against(clash: DateClash, { what }: MovedDate, term: Days | undefined): string {
  if (clash === 'outside-term' && term)
    return t('courses.copyClashTermOf', { days: dayRange(term.startsOn, term.endsOn) })
  if (clash === 'past-term' && term) return t('courses.copyClashRunsOf', { days: dayRange(term.startsOn, term.endsOn) })
  return t(clash === 'past' && what === 'due' ? 'courses.copyClashDue' : clashWords[clash])
}

interface CopyPlanProps {
  readonly plan: Plan
  readonly timeZone: string
  /** The term that was chosen, for dates that lie outside it. */
  readonly term?: Days | undefined
  /** What is to be known of it, such as what stays behind. */
  readonly note?: string | undefined
}

/** Counts of what comes along, then each date with what speaks against it. */
export function CopyPlan({ plan, timeZone, term, note = t('courses.copyBehind') }: CopyPlanProps) {
  const clashes = plan.dates.filter(one => one.clash !== null).length
  const some = sorts.filter(sort => plan.counts[sort] > 0)
  return (
    <Section title={t('courses.copyAlong')}>
      <div class="stack">
        {some.length === 0 ? (
          <p class="muted">{t('courses.copyNothing')}</p>
        ) : (
          <ul class="cluster">
            {some.map(sort => (
              <li key={sort}>
                <Badge>{t(countWords[sort], { count: plan.counts[sort] })}</Badge>
              </li>
            ))}
          </ul>
        )}
        <p class="muted">{note}</p>
        {plan.dates.length > 0 && (
          <>
            {plan.dates.every(one => one.to === null) ? (
              <Banner>{t('courses.copyUndatedAll', { count: plan.dates.length })}</Banner>
            ) : clashes > 0 ? (
              <Banner tone="warn">{t('courses.copyClashes', { count: clashes })}</Banner>
            ) : (
              <Banner tone="good">{t('courses.copyNoClash')}</Banner>
            )}
            <ul class="copy-dates card" data-flush>
              {plan.dates.map((one, place) => (
                <li key={`${one.title} ${one.what} ${place}`} class="copy-date">
                  <span class="copy-date-title">{one.title}</span>
                  {one.to === null ? (
                    <s class="copy-date-when">{whenWords(one, timeZone, one.from)}</s>
                  ) : (
                    <span class="copy-date-when">{whenWords(one, timeZone, one.to)}</span>
                  )}
                  {one.behind && (
                    <Badge tone="warn">{t(one.what === 'due' ? 'courses.copyNotGiven' : 'courses.copyStays')}</Badge>
                  )}
                  {one.further > 0 && <Badge>{t('courses.copyFurther', { count: one.further })}</Badge>}
                  {one.off > 0 && <Badge>{t('courses.copyOff', { count: one.off })}</Badge>}
                  {one.clash && <Badge tone="warn">{against(one.clash, one, term)}</Badge>}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Section>
  )
}
