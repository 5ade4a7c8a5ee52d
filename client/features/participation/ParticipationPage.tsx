// Participation in a course by learner and week, for its staff.
import { Download, Users } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { useCourse } from '#client/features/courses/store.ts'
import { request, requestOf } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import type { Output } from '#protocol/base/call.ts'
import { type ParticipationRow, participationRoutes } from '#protocol/participation.ts'
import { Behind, type BehindOf } from './Behind.tsx'
import type { Measure } from './measures.ts'
import { WeeksTable } from './WeeksTable.tsx'

type Page = Output<typeof participationRoutes.course>

/** The table comes in pages and is shown whole. */
async function wholeTable(courseId: string, until: string) {
  const rows: ParticipationRow[] = []
  let page: Page | undefined
  do {
    const input = { courseId, limit: 200, ...(until ? { until } : {}), ...(page?.next ? { after: page.next } : {}) }
    page = await request(participationRoutes.course, input)
    rows.push(...page.rows)
  } while (page.next)
  return { weeks: page.weeks, rows: rows.map(row => ({ ...row, id: row.accountId })) }
}

/** /courses/:courseId/participation */
export function ParticipationPage({ params: { courseId } }: PageProps<'participation'>) {
  usePageTitle(t('participation.title'))
  const course = useCourse(courseId).course.value?.course
  const [until, setUntil] = useState('')
  const [latest, setLatest] = useState('')
  const [measure, setMeasure] = useState<Measure>('classes')
  const [behind, setBehind] = useState<BehindOf | undefined>(undefined)
  const { value, problem, reload } = useLoad(`${courseId} ${until}`, () => wholeTable(courseId, until))
  // The first answer is the window of today.
  if (value && latest === '') setLatest(value.weeks.at(-1) ?? '')
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('participation.title')}
        parent={{ label: course?.title ?? t('app.courseTitle'), href: pathTo('course', { courseId }) }}
      />
      {problem && !value ? (
        <ErrorState
          title={t('participation.failed')}
          detail={problemWords(problem)}
          requestId={problem.requestId}
          onRetry={reload}
        />
      ) : !value ? (
        <Skeleton form="rows" count={8} />
      ) : (
        <WeeksTable
          head={t('participation.learner')}
          weeks={value.weeks}
          rows={value.rows}
          measure={measure}
          onMeasure={setMeasure}
          onUntil={setUntil}
          latest={(value.weeks.at(-1) ?? '') >= latest}
          nameCell={row => row.name}
          onOpen={(row, week) => setBehind({ courseId, accountId: row.accountId, name: row.name, week })}
          tools={
            <ButtonLink
              icon={Download}
              download=""
              href={requestOf(participationRoutes.csv, { courseId, ...(until ? { until } : {}) }).url}
            >
              {t('participation.download')}
            </ButtonLink>
          }
          empty={<EmptyState icon={Users} title={t('participation.empty')} />}
        />
      )}
      {behind && <Behind of={behind} onClose={() => setBehind(undefined)} />}
    </div>
  )
}
