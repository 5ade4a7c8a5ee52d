// The rows of an import that are not taken: a table at a desk, in the hand a list whose rows say everything at once.
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { useMedia } from '#client/ui/Pane.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { type Column, Table } from '#client/ui/Table.tsx'
import { longestName } from '#protocol/accounts.ts'
import type { Output } from '#protocol/base/call.ts'
import { type ErrorGroup, type ImportedRow, type ImportId, siteImportRoutes } from '#protocol/imports.ts'

const errorTexts = {
  'no-name': 'imports.noName',
  'long-name': 'imports.longName',
  'no-email': 'imports.noEmail',
  'bad-email': 'imports.badEmail',
  'bad-role': 'imports.badRole',
  twice: 'imports.twice',
  'no-account': 'imports.noAccount',
  'no-course': 'imports.noCourse',
  'course-ended': 'imports.courseEnded',
  'course-template': 'imports.courseTemplate',
  'many-courses': 'imports.manyCourses',
  suspended: 'imports.suspended',
  'to-be-deleted': 'imports.toBeDeleted',
  'email-taken': 'imports.emailTaken',
  'bad-date': 'imports.badDate',
  'begins-later': 'imports.beginsLater',
  over: 'imports.over',
} as const satisfies Record<NonNullable<ImportedRow['error']>, string>

/** Who a row is about. A list keeps nobody's name or address longer than there is an account of theirs. */
const whoOf = ({ email, name, error }: ImportedRow): string =>
  email || name || (error === 'no-email' || error === 'no-name' ? '–' : t('imports.whoGone'))
function whyOf({ error, sort }: Pick<ImportedRow, 'error' | 'sort'>): string {
  if (error === null) return ''
  if (error === 'long-name') return t('imports.longName', { most: longestName })
  return t(error === 'twice' && sort === 'enrolments' ? 'imports.enrolledTwice' : errorTexts[error])
}

const columnsOf = (): Column<ImportedRow>[] => [
  {
    ...{ key: 'who', head: t('imports.who'), value: whoOf, rowHead: true },
    cell: row => (
      <>
        <bdi class="import-email">{whoOf(row)}</bdi>
        {row.email && row.name && <div class="import-name muted">{row.name}</div>}
      </>
    ),
  },
  { key: 'why', head: t('imports.why'), value: whyOf, cell: row => <span class="import-why">{whyOf(row)}</span> },
  { key: 'line', head: t('imports.line'), value: row => row.line, numeric: true },
  { key: 'list', head: t('imports.list'), value: row => t(`imports.${row.sort}`) },
  { key: 'course', head: t('imports.course'), value: row => row.course },
]

const placeOf = (row: ImportedRow): string => t('imports.place', { list: t(`imports.${row.sort}`), line: row.line })

/** Faults of a course that many rows name, rather than of each row. */
const courseTexts = {
  'no-course': 'imports.alikeNoCourse',
  'course-ended': 'imports.alikeCourseEnded',
  'course-template': 'imports.alikeCourseTemplate',
  'many-courses': 'imports.alikeManyCourses',
} as const

function groupWords({ error, sort, course }: ErrorGroup): string {
  const about = Object.entries(courseTexts).find(([one]) => one === error)?.[1]
  return about ? t(about, { course }) : whyOf({ error, sort })
}

interface ErrorRowsProps {
  readonly importId: ImportId
  /** How many there are. */
  readonly count: number
}

/** What many rows have alike stands once, with the rows behind it; the others one by one. */
export function ErrorRows({ importId, count }: ErrorRowsProps) {
  const groups = useLoad(importId, () => request(siteImportRoutes.errorGroups, { importId }))
  if (groups.problem && !groups.value) return <Banner tone="bad">{problemWords(groups.problem)}</Banner>
  if (!groups.value) return <Skeleton form="rows" count={3} />
  const { items } = groups.value
  const alike = items.reduce((sum, one) => sum + one.rows, 0)
  return (
    <div class="stack">
      <h2>{t('imports.errorsTitle')}</h2>
      {items.map(one => (
        <Group key={`${one.sort} ${one.error} ${one.course}`} importId={importId} group={one} />
      ))}
      {count > alike && (
        <Wrong
          label={t(items.length > 0 ? 'imports.errorsOther' : 'imports.errorsTitle')}
          count={count - alike}
          asked={`${importId} few`}
          page={after => request(siteImportRoutes.errors, { importId, few: 'true', limit: 200, ...after })}
        />
      )}
    </div>
  )
}

function Group({ importId, group }: { readonly importId: ImportId; readonly group: ErrorGroup }) {
  const [open, setOpen] = useState(false)
  const { sort, error, course, rows } = group
  const title = t('imports.alike', {
    fault: groupWords(group),
    list: t(`imports.${sort}`),
    rows: t('ui.rows', { count: rows }),
  })
  return (
    <details class="import-alike" onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {open && (
        <Wrong
          label={title}
          count={rows}
          asked={`${importId} ${sort} ${error} ${course}`}
          page={after => request(siteImportRoutes.errors, { importId, sort, error, course, limit: 200, ...after })}
        />
      )}
    </details>
  )
}

interface WrongProps {
  readonly label: string
  readonly count: number
  /** What is asked for, as one word: another one is read anew. */
  readonly asked: string
  readonly page: (after: { readonly after?: string }) => Promise<Output<typeof siteImportRoutes.errors>>
}

function Wrong({ label, count, asked, page }: WrongProps) {
  const small = useMedia('(width < 48rem)')
  const pages = usePages(asked, after => page(after === undefined ? {} : { after }))
  const { rows, problem } = pages
  if (problem && !rows) return <Banner tone="bad">{problemWords(problem)}</Banner>
  if (!rows) return <Skeleton form="rows" count={3} />
  return (
    <div class="stack">
      {small ? (
        <List label={label}>
          {rows.map(row => (
            <Row
              key={`${row.sort} ${row.line}`}
              title={<bdi class="import-email">{whoOf(row)}</bdi>}
              detail={
                <>
                  {row.email && row.name && <div class="import-name">{row.name}</div>}
                  <div>{whyOf(row)}</div>
                  <div>{row.course ? `${placeOf(row)} · ${row.course}` : placeOf(row)}</div>
                </>
              }
            />
          ))}
        </List>
      ) : (
        <Table
          label={label}
          columns={columnsOf()}
          rows={rows}
          rowKey={row => `${row.sort} ${row.line}`}
          {...(pages.more ? { counted: t('ui.rowsOf', { shown: rows.length, count }) } : {})}
          empty={<EmptyState title={label}>–</EmptyState>}
        />
      )}
      <ShowMore onMore={pages.more} busy={pages.busy} problem={problem && problemWords(problem)} />
    </div>
  )
}
