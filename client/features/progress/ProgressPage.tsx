// Progress in a course: everybody's for those who may see it, one's own for everybody else.
import { Flag } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { useCourse } from '#client/features/courses/store.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Completion } from './Completion.tsx'
import { CourseRuleDialog } from './CourseRuleDialog.tsx'
import { MyProgress } from './MyProgress.tsx'

/** /courses/:courseId/progress */
export function ProgressPage({ params: { courseId }, query }: PageProps<'progress'>) {
  usePageTitle(t('progress.title'))
  const view = useCourse(courseId)
  const { value: standing, problem, reload } = view.standing
  const all = standing?.capabilities.includes('grade.view-all')
  const zone = view.course.value?.course.timeZone
  const [ruling, setRuling] = useState(false)
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('progress.title')}
        parent={{
          label: view.course.value?.course.title ?? t('app.courseTitle'),
          href: pathTo('course', { courseId }),
        }}
        lead={all && <span class="muted">{t('progress.definition')}</span>}
        actions={
          standing?.capabilities.includes('content.change') && (
            <Button icon={Flag} onClick={() => setRuling(true)}>
              {t('progress.completedBy')}
            </Button>
          )
        }
      />
      {ruling && zone && (
        <CourseRuleDialog courseId={courseId} view={view} zone={zone} onClose={() => setRuling(false)} />
      )}
      {problem && !standing ? (
        <ErrorState
          title={t('progress.failed')}
          detail={problemWords(problem)}
          requestId={problem.requestId}
          onRetry={reload}
        />
      ) : all === undefined ? (
        <Skeleton form="rows" />
      ) : all ? (
        <Completion courseId={courseId} view={view} first={query.filter === 'behind' ? 'behind' : 'all'} />
      ) : (
        <MyProgress courseId={courseId} view={view} />
      )}
    </div>
  )
}
