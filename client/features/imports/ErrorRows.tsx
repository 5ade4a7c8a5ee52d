// The rows of an import that are not taken: a table at a desk, in the hand a list whose rows say everything at once.

import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { useMedia } from '#client/ui/Pane.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { type Column, Table } from '#client/ui/Table.tsx'
import { longestName } from '#protocol/accounts.ts'
import { type ImportedRow, type ImportId, siteImportRoutes } from '#protocol/imports.ts'

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

const whoOf = (row: ImportedRow): string => row.email || row.name || '–'
function whyOf({ error, sort }: ImportedRow): string {
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

interface ErrorRowsProps {
  readonly importId: ImportId
  /** How many there are. */
  readonly count: number
}

export function ErrorRows({ importId, count }: ErrorRowsProps) {
  const small = useMedia('(width < 48rem)')
  const pages = usePages(importId, after =>
    request(siteImportRoutes.errors, { importId, limit: 200, ...(after === undefined ? {} : { after }) }),
  )
  const { rows, problem } = pages
  if (problem && !rows) return <Banner tone="bad">{problemWords(problem)}</Banner>
  if (!rows) return <Skeleton form="rows" count={3} />
  return (
    <div class="stack">
      <h2>{t('imports.errorsTitle')}</h2>
      {small ? (
        <List label={t('imports.errorsTitle')}>
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
          label={t('imports.errorsTitle')}
          columns={columnsOf()}
          rows={rows}
          rowKey={row => `${row.sort} ${row.line}`}
          {...(pages.more ? { counted: t('ui.rowsOf', { shown: rows.length, count }) } : {})}
          empty={<EmptyState title={t('imports.errorsTitle')}>–</EmptyState>}
        />
      )}
      <ShowMore onMore={pages.more} busy={pages.busy} problem={problem && problemWords(problem)} />
    </div>
  )
}
