// The departments of the school.
import { Network, Pencil, Plus, ShieldCheck, Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import { useKept, useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Link } from '#client/ui/Link.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { type Column, Table } from '#client/ui/Table.tsx'
import type { Department } from '#protocol/organisation.ts'
import { DepartmentDialog } from './DepartmentDialog.tsx'
import { Listed } from './Listed.tsx'
import { departmentWords, listDepartments, mostChoices, removeDepartment } from './store.ts'

interface PartProps {
  /** Whether the reader changes them. */
  readonly keeps: boolean
}

/** Found, made, renamed and removed in place. */
export function Departments({ keeps }: PartProps) {
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
                  {
                    label: t('access.title'),
                    icon: ShieldCheck,
                    href: pathTo('rolePlace', { kind: 'department', id: one.id }),
                  },
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
      dialog={
        <DepartmentDialog
          open={open !== undefined}
          onClose={() => setOpen(undefined)}
          department={open?.department}
          onDone={loaded.reload}
        />
      }
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
    </Listed>
  )
}
