// A new course from a template: as the page that copies a course, for whoever does not otherwise see the template.
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { CopyForm } from './CopyForm.tsx'
import { getTemplate } from './templates.ts'

export function TemplatePage({ params: { courseId } }: PageProps<'template'>) {
  const loaded = useLoad(courseId, () => getTemplate(courseId))
  const template = loaded.value?.template
  if (loaded.problem && !template)
    return (
      <ErrorState
        page
        title={t('courses.templateFailed')}
        detail={problemWords(loaded.problem)}
        requestId={loaded.problem.requestId}
        onRetry={loaded.reload}
      />
    )
  if (!template) return <Skeleton form="page" />
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('courses.templateUse')}
        parent={{ label: t('courses.title'), href: pathTo('courses') }}
        lead={t('courses.templateUseLead', { title: template.title })}
      />
      <CopyForm course={template} act={t('courses.templateMakeCourse')} />
    </div>
  )
}
