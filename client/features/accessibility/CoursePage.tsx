// What is found in a course, by item, for those who may change it: live as it is mended.
import { Accessibility, Download } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { useCourse } from '#client/features/courses/store.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useKept, useLoad } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Progress } from '#client/ui/Progress.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { findingsScope } from '#protocol/accessibility.ts'
import { RuleField } from './RuleField.tsx'
import { type Report, readReport, reportFile, ruleNamed } from './store.ts'
import { ThingCard } from './ThingCard.tsx'
import './accessibility.css'

/** /courses/:courseId/accessibility */
export function CoursePage({ params: { courseId }, query }: PageProps<'accessibility'>) {
  usePageTitle(t('accessibility.title'))
  const course = useCourse(courseId).course.value?.course
  const [rule, setRule] = useState(ruleNamed(query.rule))
  const [pages, setPages] = useState(1)
  const scope = useScope(findingsScope, courseId)
  const loaded = useLoad(`${courseId} ${rule} ${pages}`, () => readReport(courseId, rule, pages))
  const value = useKept(loaded)
  const changes = scope.state.value?.changes
  useEffect(() => {
    if (changes !== undefined) loaded.reload()
  }, [changes])
  const { problem } = loaded
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('accessibility.title')}
        parent={{ label: course?.title ?? t('app.courseTitle'), href: pathTo('course', { courseId }) }}
        lead={<span class="muted">{t('accessibility.lead')}</span>}
        actions={
          <ButtonLink icon={Download} download="" href={reportFile(courseId, rule)}>
            {t('accessibility.download')}
          </ButtonLink>
        }
      />
      {value ? (
        <>
          <Sums report={value} />
          <RuleField
            rule={rule}
            byRule={value.totals.byRule}
            onRule={next => {
              setRule(next)
              setPages(1)
            }}
          />
          {value.items.length === 0 ? (
            <EmptyState icon={Accessibility} title={rule ? t('accessibility.emptyRule') : t('accessibility.empty')}>
              {t('accessibility.emptyDetail')}
            </EmptyState>
          ) : (
            value.items.map(one => (
              <ThingCard
                key={one.refId}
                courseId={courseId}
                thing={one}
                detail={one.owner?.name ?? (value.instructors.join(', ') || t('accessibility.instructors'))}
              />
            ))
          )}
          {value.more && (
            <Button wide busy={loaded.loading} onClick={() => setPages(pages + 1)}>
              {t('notifications.more')}
            </Button>
          )}
        </>
      ) : problem ? (
        <ErrorState
          page
          title={t('accessibility.failed')}
          detail={problemWords(problem)}
          requestId={problem.requestId}
          onRetry={loaded.reload}
        />
      ) : (
        <Skeleton form="rows" count={6} />
      )}
    </div>
  )
}

function Sums({ report: { totals } }: { readonly report: Report }) {
  if (totals.things === 0) return null
  return (
    <Progress
      label={t('accessibility.things')}
      value={totals.clean}
      max={totals.things}
      words={t('accessibility.progress', { clean: totals.clean, count: totals.things })}
    />
  )
}
