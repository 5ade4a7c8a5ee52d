// Departments and terms for administrators: two lists beside one another, each searched, each changed in place.
import { CalendarRange, Network, Pencil, Plus, Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { me } from '#client/features/accounts/store.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { type Loaded, useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Link } from '#client/ui/Link.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { type Column, Table } from '#client/ui/Table.tsx'
import { Tabs } from '#client/ui/Tabs.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { Department, Term } from '#protocol/organisation.ts'
import { DepartmentDialog } from './DepartmentDialog.tsx'
import { departmentWords, listDepartments, listTerms, mostChoices, removeDepartment, removeTerm } from './store.ts'
import { TermDialog } from './TermDialog.tsx'
import './Organisation.css'

export function OrganisationPage(_: PageProps<'organisation'>) {
  const [tab, setTab] = useState<'departments' | 'terms'>('departments')
  const keeps = me.value?.siteRole === 'administrator'
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('organisation.title')}
        parent={{ label: t('courses.title'), href: pathTo('courses') }}
        lead={keeps ? t('organisation.lead') : t('organisation.leadReader')}
      />
      <Tabs
        label={t('organisation.title')}
        tabs={[
          { id: 'departments', label: t('organisation.departments') },
          { id: 'terms', label: t('organisation.terms') },
        ]}
        selected={tab}
        onSelect={setTab}
      >
        {tab === 'departments' ? <Departments keeps={keeps} /> : <Terms keeps={keeps} />}
      </Tabs>
    </div>
  )
}

interface PartProps {
  readonly keeps: boolean
}

/** What a list shows of its loading: the last answer stays while the next is read. */
function useKept<T>(loaded: Loaded<T>): T | undefined {
  const [kept, setKept] = useState(loaded.value)
  if (loaded.value && loaded.value !== kept) setKept(loaded.value)
  return loaded.value ?? kept
}

function Departments({ keeps }: PartProps) {
  const [search, setSearch] = useState('')
  const [open, setOpen] = useState<{ readonly department?: Department }>()
  const words = search.trim()
  const loaded = useLoad(`departments ${words}`, () =>
    listDepartments({ limit: mostChoices, ...(words === '' ? {} : { search: words }) }),
  )
  const list = useKept(loaded)
  const add = (
    <Button kind="primary" icon={Plus} onClick={() => setOpen({})}>
      {t('organisation.addDepartment')}
    </Button>
  )
  const columns: Column<Department>[] = [
    {
      key: 'name',
      head: t('organisation.department'),
      value: departmentWords,
      rowHead: true,
      cell: one => (
        <span class="department-cell" style={{ '--depth': String(words === '' ? one.path.length - 1 : 0) }}>
          {words !== '' && one.path.length > 1 && <span class="muted">{one.path.slice(0, -1).join(' › ')} › </span>}
          {one.name}
        </span>
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
          <Link href={pathTo('courses', {}, { department: one.id })}>
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
            cell: (one: Department) => (
              <Menu
                label={t('organisation.menu', { name: one.name })}
                items={[
                  { label: t('organisation.edit'), icon: Pencil, onSelect: () => setOpen({ department: one }) },
                  'line',
                  {
                    label: t('courses.remove'),
                    icon: Trash2,
                    kind: 'danger',
                    onSelect: () => void removeDepartment(one, loaded.reload),
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
      add={keeps && add}
      empty={
        list?.items.length === 0 && words === '' ? (
          <EmptyState icon={Network} title={t('organisation.noDepartments')}>
            {t('organisation.noDepartmentsLead')}
          </EmptyState>
        ) : undefined
      }
    >
      <Table
        label={t('organisation.departments')}
        columns={columns}
        rows={list?.items ?? []}
        rowKey={one => one.id}
        empty={<EmptyState title={t('organisation.noMatch')}>{t('courses.noMatch')}</EmptyState>}
      />
      {list?.next !== undefined && <p class="muted">{t('organisation.more', { count: mostChoices })}</p>}
      <DepartmentDialog
        open={open !== undefined}
        onClose={() => setOpen(undefined)}
        department={open?.department}
        onDone={loaded.reload}
      />
    </Listed>
  )
}

function Terms({ keeps }: PartProps) {
  const [search, setSearch] = useState('')
  const [open, setOpen] = useState<{ readonly term?: Term }>()
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
      <TermDialog
        open={open !== undefined}
        onClose={() => setOpen(undefined)}
        term={open?.term}
        onDone={loaded.reload}
      />
    </Listed>
  )
}

interface ListedProps {
  readonly loaded: Loaded<unknown>
  readonly known: boolean
  readonly search: string
  readonly onSearch: (words: string) => void
  readonly add: preact.ComponentChildren
  readonly empty: preact.ComponentChildren
  readonly children: preact.ComponentChildren
}

/** The head of a list and what stands in its place while it is read, failed or is empty. */
function Listed({ loaded, known, search, onSearch, add, empty, children }: ListedProps) {
  if (loaded.problem && !known)
    return (
      <ErrorState
        title={t('organisation.failed')}
        detail={problemWords(loaded.problem)}
        requestId={loaded.problem.requestId}
        onRetry={loaded.reload}
      />
    )
  if (!known) return <Skeleton form="rows" />
  return (
    <div class="stack">
      <div class="organisation-head">
        {!empty && (
          <Field
            type="search"
            name="search"
            label={t('organisation.search')}
            labelHidden
            placeholder={t('organisation.search')}
            value={search}
            onValue={onSearch}
          />
        )}
        {add}
      </div>
      {empty}
      <div class="stack" hidden={empty !== undefined}>
        {children}
      </div>
    </div>
  )
}
