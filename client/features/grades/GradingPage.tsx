// How a course grades, on one page: late and missing work, attempts, how grades are shown, the total. What somebody else changes shows
// by itself.
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { useStanding } from '#client/features/courses/standing.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { gradebookScope } from '#protocol/grades.ts'
import { AttemptsPart } from './AttemptsPart.tsx'
import { LatePart } from './LatePart.tsx'
import { ScalePart } from './ScalePart.tsx'
import { TotalPart } from './TotalPart.tsx'
import './Grading.css'

/** /courses/:courseId/grading */
export function GradingPage({ params: { courseId } }: PageProps<'grading'>) {
  usePageTitle(t('grading.title'))
  const { course, may } = useStanding(courseId)
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('grading.title')}
        parent={{ label: course.value?.course.title ?? t('app.courseTitle'), href: pathTo('course', { courseId }) }}
        lead={t('grading.lead')}
      />
      {course.problem && !course.value ? (
        <ErrorState title={problemWords(course.problem)} requestId={course.problem.requestId} onRetry={course.reload} />
      ) : !course.value ? (
        <Skeleton form="rows" />
      ) : may('grade.change') && may('grade.view-all') ? (
        <Parts courseId={courseId} />
      ) : (
        <EmptyState title={t('grading.notYours')} />
      )}
    </div>
  )
}

function Parts({ courseId }: { readonly courseId: string }) {
  const book = useScope(gradebookScope, courseId).state.value
  if (!book) return <Skeleton form="rows" count={6} />
  const { grading, items } = book
  return (
    <>
      <LatePart courseId={courseId} grading={grading} />
      <AttemptsPart courseId={courseId} grading={grading} />
      <ScalePart courseId={courseId} grading={grading} />
      <TotalPart courseId={courseId} grading={grading} items={items} />
    </>
  )
}
