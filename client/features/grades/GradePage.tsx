// One grade at its own address, with every answer behind it.
import { person } from '#client/app/frame.ts'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import type { InputBefore } from '#protocol/base/call.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import { GradeView } from './GradeView.tsx'
import { useGradesTurn } from './turn.ts'

/** /courses/:courseId/grades/:gradeItemId/:accountId */
export function GradePage({ params: { courseId, gradeItemId, accountId } }: PageProps<'grade'>) {
  const read = useLoad(`${gradeItemId} ${accountId}`, () =>
    request(gradeRoutes.explain, { gradeItemId, accountId } as InputBefore<typeof gradeRoutes.explain>),
  )
  useGradesTurn(read.reload)
  usePageTitle(read.value?.gradeItem.title)
  if (!read.value) {
    return read.problem ? (
      <ErrorState title={problemWords(read.problem)} requestId={read.problem.requestId} onRetry={read.reload} />
    ) : (
      <Skeleton form="page" />
    )
  }
  const { gradeItem, name } = read.value
  const own = person.value?.id === accountId
  return (
    <div class="stack-loose">
      <PageHeader
        title={gradeItem.title}
        lead={own ? undefined : t('grades.forPerson', { name })}
        {...(person.value?.guest ? {} : { parent: { label: t('grades.title'), href: pathTo('grades', { courseId }) } })}
      />
      <GradeView explanation={read.value} own={own} courseId={courseId} />
    </div>
  )
}
