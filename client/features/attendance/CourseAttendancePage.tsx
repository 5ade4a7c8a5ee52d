// Attendance in a course: learners by classes for those who see who is in it, one's own classes for everybody else.
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { useStanding } from '#client/features/courses/standing.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { CourseTable } from './CourseTable.tsx'
import { MyAttendance } from './MyAttendance.tsx'
import './attendance.css'

/** /courses/:courseId/attendance */
export function CourseAttendancePage({ params: { courseId } }: PageProps<'attendance'>) {
  usePageTitle(t('attendance.title'))
  const { course, may } = useStanding(courseId)
  const all = course.value && may('course.view-people')
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('attendance.title')}
        parent={{ label: course.value?.course.title ?? t('app.courseTitle'), href: pathTo('course', { courseId }) }}
        lead={
          all === undefined ? undefined : (
            <span class="muted">{all ? t('attendance.lead') : t('attendance.mineLead')}</span>
          )
        }
      />
      {course.problem && !course.value ? (
        <ErrorState
          title={t('attendance.failed')}
          detail={problemWords(course.problem)}
          requestId={course.problem.requestId}
          onRetry={course.reload}
        />
      ) : all === undefined ? (
        <Skeleton form="rows" />
      ) : all ? (
        <CourseTable courseId={courseId} />
      ) : (
        <MyAttendance courseId={courseId} />
      )}
    </div>
  )
}
