// The rows of each list that will be taken, as they were understood: a wrong column or letter shows here. Whoever is there
// already is shown as they are; what a list changes about them stands apart, before and after.
import { roleWord } from '#client/features/courses/store.ts'
import { request } from '#client/platform/call.ts'
import { dayWord } from '#client/platform/dates.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { locale, t } from '#client/platform/texts.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import type { NamedRole } from '#protocol/access.ts'
import { type ImportedRow, type SiteImport, siteImportRoutes } from '#protocol/imports.ts'

interface RowsProps {
  readonly one: SiteImport
  readonly sort: ImportedRow['sort']
}

const courseRoles = ['instructor', 'assistant', 'learner'] as const

/** A role in words: one made here by its name. */
const roleOf = (role: string | null, custom: NamedRole | null): string => {
  if (custom) return custom.name
  const known = courseRoles.find(one => one === role)
  return known ? roleWord(known) : '–'
}

/** The role in which somebody is in the course then: who is in it stays in theirs. */
const enrolledAs = ({ there, thereCustom, role, custom }: ImportedRow): string =>
  there === null ? roleOf(role, custom) : roleOf(there, thereCustom)

/** What becomes of somebody who is there already; undefined for whoever is new. */
function thereWords({ sort, there, thereCustom, name, role, custom }: ImportedRow): string | undefined {
  if (there === null) return undefined
  if (sort === 'people') return there === name || name === '' ? t('imports.there') : t('imports.nameStays', { name })
  if ((thereCustom?.key ?? there) === (custom?.key ?? role)) return t('imports.there')
  return t('imports.roleStays', { role: roleOf(there, thereCustom), listed: roleOf(role, custom) })
}

/** A first look, and how many more are read where that is not enough. */
const [look, page] = [5, 100] as const

export function FirstRows({ one, sort }: RowsProps) {
  const pages = usePages(`rows ${one.id} ${sort}`, after =>
    request(siteImportRoutes.rows, { importId: one.id, sort, limit: after ? page : look, ...(after ? { after } : {}) }),
  )
  const { rows, problem } = pages
  const count = one[sort].rows - one[sort].errors
  if (problem && !rows) return <Banner tone="bad">{problemWords(problem)}</Banner>
  if (!rows || rows.length === 0) return null
  const title = t(sort === 'people' ? 'imports.firstPeople' : 'imports.firstEnrolments', {
    shown: rows.length.toLocaleString(locale),
    count,
  })
  return <Rows title={title} rows={rows} pages={pages} />
}

/** The last day of an enrolment, in words. */
const dayOf = (endsOn: string): string => dayWord(`${endsOn}T12:00:00.000Z`, undefined, 'UTC')

/** What is changed about a row, before and after. */
function changeWords({ sort, name, email, endsOn, was }: ImportedRow): string[] {
  if (!was) return []
  if (sort === 'enrolments')
    return [
      t('imports.endChanges', {
        was: was.endsOn ? dayOf(was.endsOn) : t('imports.noEnd'),
        ends: endsOn ? dayOf(endsOn) : t('imports.noEnd'),
      }),
    ]
  return [
    ...(was.name === undefined || was.name === name ? [] : [t('imports.nameChanges', { was: was.name, name })]),
    ...(was.email === undefined || was.email === email ? [] : [t('imports.emailChanges', { was: was.email, email })]),
  ]
}

/** Those who are there already and are changed, each with what changes; nothing while there are none. */
export function ChangingRows({ one, sort }: RowsProps) {
  const pages = usePages(`changing ${one.id} ${one.state} ${sort}`, after =>
    request(siteImportRoutes.rows, {
      ...{ importId: one.id, sort, only: 'changing', limit: page },
      ...(after ? { after } : {}),
    }),
  )
  const { rows, problem } = pages
  if (problem && !rows) return <Banner tone="bad">{problemWords(problem)}</Banner>
  if (!rows || rows.length === 0) return null
  return (
    <Rows
      title={t(sort === 'people' ? 'imports.peopleChange' : 'imports.endsChange')}
      lead={t(sort === 'people' ? 'imports.peopleChangeLead' : 'imports.endsChangeLead')}
      rows={rows}
      pages={pages}
    />
  )
}

/** Those who are there already and whom the list calls otherwise; nothing while there are none. */
export function DifferingRows({ one, sort }: RowsProps) {
  const pages = usePages(`differing ${one.id} ${one.state} ${sort}`, after =>
    request(siteImportRoutes.rows, {
      ...{ importId: one.id, sort, only: 'differing', limit: page },
      ...(after ? { after } : {}),
    }),
  )
  const { rows, problem } = pages
  if (problem && !rows) return <Banner tone="bad">{problemWords(problem)}</Banner>
  if (!rows || rows.length === 0) return null
  return (
    <Rows
      title={t(sort === 'people' ? 'imports.namesStay' : 'imports.rolesStay')}
      lead={t('imports.stayLead')}
      rows={rows}
      pages={pages}
    />
  )
}

interface ShownProps {
  readonly title: string
  readonly lead?: string
  readonly rows: readonly ImportedRow[]
  readonly pages: ReturnType<
    typeof usePages<{ readonly items: readonly ImportedRow[]; readonly next?: string | undefined }>
  >
}

function Rows({ title, lead, rows, pages: { more, busy, problem } }: ShownProps) {
  return (
    <section class="stack-tight import-first">
      <h2>{title}</h2>
      {lead && <p class="muted">{lead}</p>}
      <List label={title}>
        {rows.map(row => {
          const name = row.sort === 'people' ? (row.there ?? row.name) : row.name
          const there = thereWords(row)
          return (
            <Row
              key={row.line}
              title={name || <bdi>{row.email}</bdi>}
              detail={
                <>
                  {name && <bdi class="import-email">{row.email}</bdi>}
                  {row.sort === 'enrolments' && (
                    <div>{t('imports.asRole', { role: enrolledAs(row), course: row.course })}</div>
                  )}
                  {row.sort === 'enrolments' && row.endsOn && !row.was && (
                    <div>{t('imports.endsOn', { date: dayOf(row.endsOn) })}</div>
                  )}
                  {changeWords(row).map(one => (
                    <div key={one}>{one}</div>
                  ))}
                  {there && !(row.was && there === t('imports.there')) && <div>{there}</div>}
                </>
              }
            />
          )
        })}
      </List>
      <ShowMore onMore={more} busy={busy} problem={problem && problemWords(problem)} />
    </section>
  )
}
