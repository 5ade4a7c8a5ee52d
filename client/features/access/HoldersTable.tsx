// Who holds a role in this very place: searched, filtered and paged by the server; given and taken here, apart from
// what an enrolment gives.
import { UserMinus, UserPlus, Users } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useMyCourses } from '#client/features/courses/mine.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useReload } from '#client/platform/use-load.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { type Column, Table } from '#client/ui/Table.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { type Holder, type Place, type RoleView, roleKey } from '#protocol/access.ts'
import { GiveRoleDialog } from './GiveRoleDialog.tsx'
import { attempt, grantRole, listHolders, takeRole } from './store.ts'
import { roleName, roleNameOf } from './words.ts'

interface HoldersTableProps {
  readonly place: Place
  readonly roles: readonly RoleView[]
  readonly mayGrant: boolean
}

const page = 100

export function HoldersTable({ place, roles, mayGrant }: HoldersTableProps) {
  const [search, setSearch] = useState('')
  const [role, setRole] = useState('')
  const [giving, setGiving] = useState(false)
  const chosen = roleKey.safeParse(role).data
  const asked = {
    ...{ kind: place.kind, id: place.id, limit: page },
    ...(search.trim() === '' ? {} : { search: search.trim() }),
    ...(chosen === undefined ? {} : { role: chosen }),
  }
  const list = usePages(`holders ${place.id} ${role} ${search}`, after =>
    listHolders({ ...asked, ...(after ? { after } : {}) }),
  )
  useReload(list, useMyCourses())
  const { rows, problem, reload } = list
  const take = async (one: Holder) => {
    const held = { kind: place.kind, id: place.id, role: one.role, accountId: one.accountId }
    if (!(await attempt(() => takeRole(held)))) return
    reload()
    const back = async () => {
      if (await attempt(() => grantRole(held))) reload()
    }
    const words = { name: one.name, role: roleNameOf(one.role, roles) }
    showToast({ topic: 'holders', text: t('access.taken', words), onUndo: () => void back() })
  }

  const filtered = search.trim() !== '' || role !== ''
  return (
    <div class="stack">
      <div class="role-tools">
        <Field type="search" name="search" label={t('access.search')} value={search} onValue={setSearch} />
        <Field
          type="select"
          name="role"
          label={t('access.role')}
          value={role}
          onValue={setRole}
          options={[
            { value: '', label: t('access.allRoles') },
            ...roles.filter(one => one.key !== 'member').map(one => ({ value: one.key, label: roleName(one) })),
          ]}
        />
        {mayGrant && (
          <Button kind="primary" icon={UserPlus} onClick={() => setGiving(true)}>
            {t('access.give')}
          </Button>
        )}
      </div>
      {!rows ? (
        problem ? (
          <ErrorState title={t('access.holdersFailed')} detail={problemWords(problem)} onRetry={reload} />
        ) : (
          <Skeleton form="rows" count={6} />
        )
      ) : (
        <Table
          label={t('access.holders')}
          columns={columnsFor(roles, mayGrant ? take : undefined)}
          rows={rows}
          rowKey={one => `${one.accountId} ${one.role} ${one.by}`}
          empty={
            filtered ? (
              <EmptyState title={t('access.noMatch')}>{t('access.noMatchDetail')}</EmptyState>
            ) : (
              <EmptyState icon={Users} title={t('access.nobody')}>
                {t('access.nobodyDetail')}
              </EmptyState>
            )
          }
        />
      )}
      {rows && <ShowMore onMore={list.more} busy={list.busy} problem={problem && problemWords(problem)} />}
      <GiveRoleDialog open={giving} onClose={() => setGiving(false)} place={place} roles={roles} onGiven={reload} />
    </div>
  )
}

function columnsFor(
  roles: readonly RoleView[],
  take: ((one: Holder) => Promise<void>) | undefined,
): readonly Column<Holder>[] {
  const how = (one: Holder) =>
    one.by === 'enrolment'
      ? t('access.byEnrolment')
      : one.givenBy === null
        ? t('access.byGrant')
        : t('access.byGrantOf', { name: one.givenBy })
  return [
    {
      key: 'name',
      head: t('access.person'),
      value: one => one.name,
      rowHead: true,
      cell: one => (
        <span class="holder">
          <Avatar name={one.name} seed={one.accountId} size={24} />
          <span class="holder-words">
            <span>{one.name}</span>
            {one.email && <span class="muted holder-email">{one.email}</span>}
          </span>
        </span>
      ),
    },
    { key: 'role', head: t('access.role'), value: one => roleNameOf(one.role, roles) },
    {
      key: 'how',
      head: t('access.how'),
      value: how,
      cell: one => (
        <span class="holder">
          {how(one)}
          {take && one.by === 'grant' && (
            <IconButton
              icon={UserMinus}
              label={t('access.take', { role: roleNameOf(one.role, roles), name: one.name })}
              onClick={() => void take(one)}
            />
          )}
        </span>
      ),
    },
    { key: 'since', head: t('access.since'), value: one => one.at, cell: one => <Time at={one.at} form="day" /> },
  ]
}
