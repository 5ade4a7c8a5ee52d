// The first rows of each list that will be taken, as they were understood: a wrong column or letter shows here.
import { roleWord } from '#client/features/courses/store.ts'
import { locale, t } from '#client/platform/texts.ts'
import { List, Row } from '#client/ui/List.tsx'
import type { ImportedRow, SiteImport } from '#protocol/imports.ts'

interface FirstRowsProps {
  readonly one: SiteImport
  readonly rows: readonly ImportedRow[]
}

const courseRoles = ['instructor', 'assistant', 'learner'] as const

/** What a row of enrolments makes of somebody, in words. */
function enrolmentWords({ role, course }: ImportedRow): string {
  const known = courseRoles.find(one => one === role)
  return t('imports.asRole', { role: known ? roleWord(known) : '–', course })
}

export function FirstRows({ one, rows }: FirstRowsProps) {
  return (
    <>
      {(['people', 'enrolments'] as const).map(sort => {
        const shown = rows.filter(row => row.sort === sort)
        if (shown.length === 0) return null
        const title = t(sort === 'people' ? 'imports.firstPeople' : 'imports.firstEnrolments', {
          shown: shown.length.toLocaleString(locale),
          count: one[sort].rows - one[sort].errors,
        })
        return (
          <section key={sort} class="stack-tight import-first">
            <h2>{title}</h2>
            <List label={title}>
              {shown.map(row => (
                <Row
                  key={row.line}
                  title={row.name || <bdi>{row.email}</bdi>}
                  detail={
                    <>
                      {row.name && <bdi class="import-email">{row.email}</bdi>}
                      {sort === 'enrolments' && <div>{enrolmentWords(row)}</div>}
                    </>
                  }
                />
              ))}
            </List>
          </section>
        )
      })}
    </>
  )
}
