// Makes a course from this one.
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { CopyForm } from './CopyForm.tsx'
import { useCourse } from './store.ts'

export function CopyPage({ params: { courseId } }: PageProps<'courseCopy'>) {
  const view = useCourse(courseId)
  const course = view.course.value?.course
  const problem = view.standing.problem ?? view.problem.value
  if (problem && !course)
    return (
      <ErrorState
        page
        title={t('courses.courseFailed')}
        detail={problemWords(problem)}
        requestId={problem.requestId}
        onRetry={view.standing.reload}
      />
    )
  if (!course) return <Skeleton form="page" />
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('courses.copyTitle')}
        parent={{ label: course.title, href: pathTo('course', { courseId }) }}
        lead={t('courses.copyLead')}
      />
      <CopyForm course={course} act={t('courses.copyMake')} />
    </div>
  )
}
