// Lists, cards and tables of the kit page.

import { Archive, BookOpen, ListChecks, Pencil, Radio, Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Card, Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Link } from '#client/ui/Link.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { type Column, Table } from '#client/ui/Table.tsx'
import { Tabs } from '#client/ui/Tabs.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'

const soon = new Date(Date.now() + 7 * 3_600_000).toISOString()
const past = new Date(Date.now() - 25 * 60_000).toISOString()

const names = [
  'Amara Diallo',
  'Jonas Weber',
  'Yuki Tanaka',
  'Leila Haddad',
  'Tomás Ortega',
  'Ingrid Solberg',
  'Noor Khan',
]

type Learner = { readonly id: string; readonly name: string; readonly group: string; readonly score: number | null }

function learners(count: number): readonly Learner[] {
  return Array.from({ length: count }, (_, index) => ({
    id: String(index),
    name: index < names.length ? (names[index] ?? '') : `${names[index % names.length]} ${index}`,
    group: index % 2 === 0 ? 'Tuesday' : 'Friday',
    score: index % 5 === 3 ? null : (index * 37) % 101,
  }))
}

const few = learners(7)
const many = learners(1200)

const columns: readonly Column<Learner>[] = [
  {
    key: 'name',
    head: 'Name',
    sortable: true,
    value: row => row.name,
    cell: row => (
      <span class="cluster">
        <Avatar name={row.name} size={24} /> {row.name}
      </span>
    ),
  },
  { key: 'group', head: 'Group', sortable: true, value: row => row.group },
  {
    key: 'state',
    head: 'Quiz 3',
    value: row => (row.score === null ? 'Missing' : 'Handed in'),
    cell: row => (row.score === null ? <Badge tone="warn">Missing</Badge> : <Badge tone="good">Handed in</Badge>),
  },
  { key: 'score', head: 'Score', numeric: true, sortable: true, value: row => row.score },
]

/** Lists, cards, tables and tabs. */
export function KitLists() {
  const [tab, setTab] = useState<'few' | 'many' | 'none'>('few')
  return (
    <>
      <Section title="Today">
        <Card flush>
          <List>
            <Row
              href="/kit?class"
              start={<Icon as={Radio} size={20} />}
              title="Osmosis and transport"
              detail="Cell biology · 24 people are in"
              end={<Badge live>Live</Badge>}
            />
            <Row
              href="/kit?homework"
              start={<Icon as={ListChecks} size={20} />}
              title="Quiz 3: the membrane"
              detail={
                <>
                  Due <Time at={soon} />
                </>
              }
              end={
                <Menu
                  label="More about Quiz 3"
                  items={[
                    { label: 'Rename', icon: Pencil, onSelect: () => showToast({ text: 'Renamed to Quiz 3.' }) },
                    {
                      label: 'Archive',
                      icon: Archive,
                      onSelect: () => showToast({ text: 'Archived.', onUndo: () => undefined }),
                    },
                    'line',
                    { label: 'Delete', icon: Trash2, kind: 'danger', onSelect: () => undefined },
                  ]}
                />
              }
            />
            <Row
              href="/kit?page"
              start={<Icon as={BookOpen} size={20} />}
              title="Reading: how proteins find their place"
              detail={
                <>
                  Changed <Time at={past} />
                </>
              }
            />
            <Row
              start={<Avatar name="Jonas Weber" present />}
              title="Jonas Weber"
              detail="Assistant"
              end={<Button size="small">Message</Button>}
            />
          </List>
        </Card>
      </Section>
      <Section title="People">
        <Tabs
          label="Samples"
          selected={tab}
          onSelect={setTab}
          tabs={[
            { id: 'few', label: 'Seven', count: 7 },
            { id: 'many', label: 'Many', count: 1200 },
            { id: 'none', label: 'Nobody' },
          ]}
        >
          <Table
            label="People"
            columns={columns}
            rows={{ few, many, none: [] }[tab]}
            rowKey={row => row.id}
            sortBy={{ key: 'name' }}
            onOpen={row => showToast({ text: row.name })}
            empty={
              <EmptyState title="Nobody is enrolled yet" action={<Button kind="primary">Invite people</Button>}>
                People who join by the course's code appear here.
              </EmptyState>
            }
          />
        </Tabs>
      </Section>
      <Section title="Reading">
        <div class="reading">
          <p>
            A membrane is a border that chooses. Water crosses it almost freely, salt hardly at all, and out of this
            small difference comes the pressure that keeps a leaf upright. See{' '}
            <Link href="https://example.org">the atlas</Link> for pictures.
          </p>
          <h2>What to look for</h2>
          <ul>
            <li>Where the concentration is higher</li>
            <li>What may cross, and what may not</li>
          </ul>
          <blockquote>The cell is a city with gates.</blockquote>
        </div>
      </Section>
    </>
  )
}
