// The people that were found: a table at a desk; in the hand a list, whose rows hold name, address, state and menu at once.
import type { ComponentChildren } from 'preact'
import { pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import { List, Row } from '#client/ui/List.tsx'
import { useMedia } from '#client/ui/Pane.tsx'
import { Table } from '#client/ui/Table.tsx'
import type { SitePerson } from '#protocol/accounts/people.ts'
import type { Acts } from './acts.ts'
import { columnsOf, PersonMenu } from './columns.tsx'
import { StateBadges } from './StateBadges.tsx'
import { roleWord } from './words.ts'

interface PeopleRowsProps {
  readonly rows: readonly SitePerson[]
  readonly acts: Acts
  /** How many there are, in words, where more than these. */
  readonly counted: string | undefined
  readonly empty: ComponentChildren
}

export function PeopleRows({ rows, acts, counted, empty }: PeopleRowsProps) {
  const small = useMedia('(width < 48rem)')
  if (!small || rows.length === 0)
    return (
      <Table
        label={t('people.title')}
        columns={columnsOf(acts)}
        rows={rows}
        rowKey={one => one.accountId}
        counted={counted}
        empty={empty}
      />
    )
  return (
    <div class="stack-tight">
      <p class="muted figures">{counted ?? t('people.listed', { count: rows.length })}</p>
      <List label={t('people.title')}>
        {rows.map(one => (
          <Row
            key={one.accountId}
            href={pathTo('person', { accountId: one.accountId })}
            title={one.name}
            detail={
              <span class="site-person-detail">
                {one.email !== null && <bdi class="site-person-address">{one.email}</bdi>}
                <span class="site-person-facts">
                  <StateBadges person={one} />
                  {one.siteRole !== 'member' && <span>{roleWord(one.siteRole)}</span>}
                </span>
              </span>
            }
            end={<PersonMenu person={one} acts={acts} />}
          />
        ))}
      </List>
    </div>
  )
}
