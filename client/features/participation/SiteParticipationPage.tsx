// Participation in all courses by week, for those who manage the site: each course leads to its people.
import { BookOpen } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import type { Output } from '#protocol/base/call.ts'
import { participationRoutes } from '#protocol/participation.ts'
import type { Measure } from './measures.ts'
import { WeeksTable } from './WeeksTable.tsx'

type Page = Output<typeof participationRoutes.site>

async function wholeTable(until: string) {
  const rows: Page['rows'] = []
  let page: Page | undefined
  do {
    const input = { limit: 200, ...(until ? { until } : {}), ...(page?.next ? { after: page.next } : {}) }
    page = await request(participationRoutes.site, input)
    rows.push(...page.rows)
  } while (page.next)
  return { weeks: page.weeks, rows: rows.map(row => ({ ...row, id: row.courseId, name: row.title })) }
}

/** /participation */
export function SiteParticipationPage(_: PageProps<'siteParticipation'>) {
  usePageTitle(t('participation.all'))
  const [until, setUntil] = useState('')
  const [latest, setLatest] = useState('')
  const [measure, setMeasure] = useState<Measure>('classes')
  const { value, problem, reload } = useLoad(`site ${until}`, () => wholeTable(until))
  if (value && latest === '') setLatest(value.weeks.at(-1) ?? '')
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('participation.all')}
        parent={{ label: t('overview.title'), href: pathTo('overview') }}
        lead={<span class="muted">{t('participation.together')}</span>}
      />
      {problem && !value ? (
        <ErrorState
          page
          title={t('participation.failed')}
          detail={problemWords(problem)}
          requestId={problem.requestId}
          onRetry={reload}
        />
      ) : !value ? (
        <Skeleton form="rows" count={8} />
      ) : (
        <WeeksTable
          head={t('participation.course')}
          weeks={value.weeks}
          rows={value.rows}
          measure={measure}
          onMeasure={setMeasure}
          onUntil={setUntil}
          latest={(value.weeks.at(-1) ?? '') >= latest}
          nameCell={row => <a href={pathTo('participation', { courseId: row.courseId })}>{row.title}</a>}
          empty={<EmptyState icon={BookOpen} title={t('participation.emptySite')} />}
        />
      )}
    </div>
  )
}
