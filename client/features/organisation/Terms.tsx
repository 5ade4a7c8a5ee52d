// The terms of the school.
import { CalendarRange, Pencil, Plus, Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { dayRange } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import { useKept, useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Link } from '#client/ui/Link.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { type Column, Table } from '#client/ui/Table.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { Term } from '#protocol/organisation.ts'
import { Listed } from './Listed.tsx'
import { listTerms, mostChoices, removeTerm } from './store.ts'
import { TermDialog } from './TermDialog.tsx'

interface PartProps {
  /** Whether the reader changes them. */
  readonly keeps: boolean
}

/** Found, made, renamed and removed in place. */
export function Terms({ keeps }: PartProps) {
  const [search, setSearch] = useState('')
  const [open, setOpen] = useState<{ readonly term?: Term }>()
  const [freeOf, setFreeOf] = useState<Term>()
  const words = search.trim()
  const loaded = useLoad(`terms ${words}`, () =>
    listTerms({ limit: mostChoices, ...(words === '' ? {} : { search: words }) }),
  )
  const list = useKept(loaded)
  const columns: Column<Term>[] = [
    { key: 'name', head: t('organisation.term'), value: one => one.name, rowHead: true, sortable: true },
    {
      key: 'startsOn',
      head: t('organisation.startsOn'),
      value: one => one.startsOn,
      sortable: true,
      cell: one => <Time at={`${one.startsOn}T12:00:00.000Z`} form="day" />,
    },
    {
      key: 'endsOn',
      head: t('organisation.endsOn'),
      value: one => one.endsOn,
      sortable: true,
      cell: one => <Time at={`${one.endsOn}T12:00:00.000Z`} form="day" />,
    },
    {
      key: 'freeDays',
      head: t('organisation.freeDays'),
      value: one => one.freeDays.length,
      cell: one =>
        one.freeDays.length === 0 ? (
          '0'
        ) : (
          <Button
            size="small"
            aria-label={t('organisation.freeOf', { count: one.freeDays.length, name: one.name })}
            onClick={() => setFreeOf(one)}
          >
            {t('organisation.freeCount', { count: one.freeDays.length })}
          </Button>
        ),
    },
    {
      key: 'courses',
      head: t('courses.title'),
      value: one => one.courses,
      numeric: true,
      cell: one =>
        one.courses === 0 ? (
          '0'
        ) : (
          <Link href={pathTo('courses', {}, { term: one.id })}>
            {t('organisation.courses', { count: one.courses })}
          </Link>
        ),
    },
    ...(keeps
      ? [
          {
            key: 'menu',
            head: t('organisation.change'),
            value: () => '',
            cell: (one: Term) => (
              <Menu
                label={t('organisation.menu', { name: one.name })}
                items={[
                  { label: t('organisation.edit'), icon: Pencil, onSelect: () => setOpen({ term: one }) },
                  'line',
                  {
                    label: t('courses.remove'),
                    icon: Trash2,
                    kind: 'danger',
                    onSelect: () => void removeTerm(one, loaded.reload),
                  },
                ]}
              />
            ),
          },
        ]
      : []),
  ]
  return (
    <Listed
      loaded={loaded}
      known={list !== undefined}
      search={search}
      onSearch={setSearch}
      add={
        keeps && (
          <Button kind="primary" icon={Plus} onClick={() => setOpen({})}>
            {t('organisation.addTerm')}
          </Button>
        )
      }
      dialog={
        <>
          <TermDialog
            open={open !== undefined}
            onClose={() => setOpen(undefined)}
            term={open?.term}
            onDone={loaded.reload}
          />
          <Dialog
            open={freeOf !== undefined}
            onClose={() => setFreeOf(undefined)}
            title={t('organisation.freeTitle', { name: freeOf?.name ?? '' })}
          >
            <List label={t('organisation.freeDays')}>
              {freeOf?.freeDays.map(one => (
                <Row
                  key={`${one.name} ${one.startsOn} ${one.endsOn}`}
                  title={one.name}
                  detail={dayRange(one.startsOn, one.endsOn)}
                />
              ))}
            </List>
          </Dialog>
        </>
      }
      empty={
        list?.items.length === 0 && words === '' ? (
          <EmptyState icon={CalendarRange} title={t('organisation.noTerms')}>
            {t('organisation.noTermsLead')}
          </EmptyState>
        ) : undefined
      }
    >
      <Table
        label={t('organisation.terms')}
        columns={columns}
        rows={list?.items ?? []}
        rowKey={one => one.id}
        empty={<EmptyState title={t('organisation.noMatch')}>{t('courses.noMatch')}</EmptyState>}
      />
      {list?.next !== undefined && <p class="muted">{t('organisation.more', { count: mostChoices })}</p>}
    </Listed>
  )
}
