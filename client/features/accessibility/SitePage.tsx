// What is found in all courses, for those who manage the site: by course, with a way to message whoever owns it.
import { Accessibility, Send } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { DepartmentField } from '#client/features/organisation/PickFields.tsx'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useKept, useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Link } from '#client/ui/Link.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { type Column, Table } from '#client/ui/Table.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { CourseFindings } from '#protocol/accessibility.ts'
import { AskDialog } from './AskDialog.tsx'
import { RuleField } from './RuleField.tsx'
import { readSite, type Shown } from './store.ts'
import './accessibility.css'

const departmentOf = (row: CourseFindings) => row.department

/** /accessibility */
export function SitePage(_: PageProps<'siteAccessibility'>) {
  usePageTitle(t('accessibility.siteTitle'))
  const [shown, setShown] = useState<Shown>({})
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState(false)
  const loaded = useLoad(JSON.stringify(shown), () => readSite(shown))
  const rows = useKept(loaded)
  const { problem } = loaded
  const choose = (courseId: string, on: boolean) =>
    setChosen(new Set(on ? [...chosen, courseId] : [...chosen].filter(one => one !== courseId)))
  const show = (next: Shown) => {
    setShown(next)
    setChosen(new Set())
  }
  const columns: readonly Column<CourseFindings>[] = [
    {
      key: 'course',
      head: t('accessibility.course'),
      value: row => row.title,
      rowHead: true,
      sortable: true,
      cell: row => (
        <span class="findings-course">
          <input
            type="checkbox"
            class="choice-box"
            aria-label={t('accessibility.choose', { title: row.title })}
            checked={chosen.has(row.courseId)}
            onChange={event => choose(row.courseId, event.currentTarget.checked)}
          />
          <Link href={pathTo('accessibility', { courseId: row.courseId }, shown.rule ? { rule: shown.rule } : {})}>
            {row.title}
          </Link>
        </span>
      ),
    },
    {
      key: 'barriers',
      head: t('accessibility.barriers'),
      value: row => row.barriers,
      numeric: true,
      sortable: true,
      cell: row => (row.barriers > 0 ? <strong>{row.barriers}</strong> : <span class="muted">–</span>),
    },
    {
      key: 'hurdles',
      head: t('accessibility.hurdles'),
      value: row => row.hurdles,
      numeric: true,
      sortable: true,
      cell: row => (row.hurdles > 0 ? row.hurdles : <span class="muted">–</span>),
    },
    {
      key: 'clean',
      head: t('accessibility.clean'),
      value: row => row.clean,
      numeric: true,
      sortable: true,
      cell: row => t('participation.of', { one: row.clean, of: row.things }),
    },
    {
      key: 'asked',
      head: t('accessibility.lastAskedHead'),
      value: row => row.askedAt ?? '',
      sortable: true,
      cell: row =>
        row.askedAt ? <Time at={row.askedAt} form="day" /> : <span class="muted">{t('accessibility.neverAsked')}</span>,
    },
    ...(rows?.some(row => row.department !== null)
      ? [{ key: 'department', head: t('accessibility.department'), value: departmentOf, sortable: true }]
      : []),
  ]
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('accessibility.siteTitle')}
        lead={<span class="muted">{t('accessibility.lead')}</span>}
        actions={
          <Button kind="primary" icon={Send} disabled={!rows?.length} onClick={() => setAsking(true)}>
            {chosen.size > 0 ? t('accessibility.askOf', { count: chosen.size }) : t('accessibility.askEach')}
          </Button>
        }
      />
      <div class="findings-filters">
        <RuleField rule={shown.rule} onRule={rule => show({ ...shown, rule })} />
        <DepartmentField
          name="department"
          label={t('accessibility.department')}
          nothing={t('accessibility.allDepartments')}
          value={shown.departmentId ?? ''}
          onValue={value => show({ ...shown, departmentId: value || undefined })}
          onlyWhereAny
        />
      </div>
      {rows ? (
        <Table
          label={t('accessibility.siteTitle')}
          columns={columns}
          rows={rows}
          rowKey={row => row.courseId}
          sortBy={{ key: 'barriers', down: true }}
          tools={
            <span class="muted" role="status">
              {chosen.size > 0 && t('accessibility.chosen', { count: chosen.size })}
            </span>
          }
          empty={<EmptyState icon={Accessibility} title={t('accessibility.emptySite')} />}
        />
      ) : problem ? (
        <ErrorState
          page
          title={t('accessibility.failed')}
          detail={problemWords(problem)}
          requestId={problem.requestId}
          onRetry={loaded.reload}
        />
      ) : (
        <Skeleton form="rows" count={8} />
      )}
      {asking && (
        <AskDialog courses={[...chosen]} shown={shown} onClose={() => setAsking(false)} onSent={loaded.reload} />
      )}
    </div>
  )
}
