// What the reader was asked to mend, as it stands now: each finding leads to its place.
import { CircleCheck } from 'lucide-preact'
import type { PageProps } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { readRequest } from './store.ts'
import { ThingCard } from './ThingCard.tsx'
import './accessibility.css'

/** /accessibility/:requestId */
export function RequestPage({ params: { requestId } }: PageProps<'findingsRequest'>) {
  usePageTitle(t('accessibility.requestTitle'))
  const { value, problem, reload } = useLoad(requestId, () => readRequest(requestId))
  if (problem?.code === 'not-found')
    return <PageHeader title={t('accessibility.requestGone')} lead={t('accessibility.requestGoneDetail')} />
  if (!value)
    return problem ? (
      <ErrorState
        page
        title={t('accessibility.failed')}
        detail={problemWords(problem)}
        requestId={problem.requestId}
        onRetry={reload}
      />
    ) : (
      <Skeleton form="page" />
    )
  const left = value.things.filter(one => one.findings.length > 0)
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('accessibility.requestTitle')}
        lead={
          <span class="muted">
            {value.by === null ? t('accessibility.requestUnnamed') : t('accessibility.requestLead', { name: value.by })}{' '}
            · <Time at={value.at} />
          </span>
        }
      />
      {value.note !== '' && (
        <Banner>
          <span class="findings-note" dir="auto">
            {value.note}
          </span>
        </Banner>
      )}
      {left.length === 0 && (
        <EmptyState icon={CircleCheck} title={t('accessibility.requestDone')}>
          {t('accessibility.requestDoneDetail')}
        </EmptyState>
      )}
      {value.things.map(one => (
        <ThingCard key={one.refId} courseId={one.courseId} thing={one} detail={one.courseTitle} />
      ))}
    </div>
  )
}
