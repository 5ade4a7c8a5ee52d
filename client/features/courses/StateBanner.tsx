// What the state of a course means for whoever looks at it: said above the course as long as it holds.
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import type { Capability } from '#protocol/base/roles.ts'
import { type Course, type CourseLife, isOver } from '#protocol/courses.ts'
import { changeState, stateWords } from './life.ts'

/** A word about a state; nothing where a course is simply open. */
export function StateBadge({ state, template }: Pick<Course, 'state' | 'template'>) {
  if (template) return <Badge>{t('courses.template')}</Badge>
  if (state === 'published') return null
  return <Badge tone={state === 'draft' ? 'warn' : 'neutral'}>{t(stateWords[state])}</Badge>
}

interface StateBannerProps {
  readonly course: Course
  readonly capabilities: readonly Capability[]
}

export function StateBanner({ course, capabilities }: StateBannerProps) {
  if (course.template) return <Banner title={t('courses.template')}>{t('courses.templateLead')}</Banner>
  if (course.state === 'published') return null
  const step = isOver(course.state)
    ? { to: course.state === 'archived' ? 'concluded' : 'published', right: 'course.conclude' }
    : { to: 'published', right: 'course.publish' }
  const words = {
    draft: t('courses.draftLead'),
    concluded: t('courses.concludedLead'),
    archived: t('courses.archivedLead'),
  }[course.state]
  const act = { draft: t('courses.toPublished'), concluded: t('courses.reopen'), archived: t('courses.outOfArchive') }
  return (
    <Banner
      tone={course.state === 'draft' ? 'warn' : 'neutral'}
      title={t(stateWords[course.state])}
      action={
        capabilities.includes(step.right as Capability) && (
          <Button size="small" onClick={() => void changeState(course, step.to as CourseLife)}>
            {act[course.state]}
          </Button>
        )
      }
    >
      {words}
    </Banner>
  )
}
