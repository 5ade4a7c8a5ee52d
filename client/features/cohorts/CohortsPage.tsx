// The cohorts of the school, for administrators.
import { Pencil, Plus, Trash2, UsersRound } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Link } from '#client/ui/Link.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { type Column, Table } from '#client/ui/Table.tsx'
import type { Cohort } from '#protocol/cohorts.ts'
import { CohortDialog } from './CohortDialog.tsx'
import { RemoveCohortDialog } from './RemoveCohortDialog.tsx'
import { listCohorts } from './store.ts'
import './cohorts.css'

type Doing = { readonly what: 'add' } | { readonly what: 'edit' | 'remove'; readonly cohort: Cohort }

const columnsOf = (doing: (one: Doing) => void): Column<Cohort>[] => [
  {
    key: 'name',
    head: t('cohorts.cohort'),
    value: one => one.name,
    rowHead: true,
    cell: one => (
      <span class="cohort-name">
        <Link href={pathTo('cohort', { cohortId: one.id })}>{one.name}</Link>
        {one.description !== '' && <span class="muted">{one.description}</span>}
        {!one.offered && <span class="muted">({t('cohorts.notOffered')})</span>}
      </span>
    ),
  },
  { key: 'people', head: t('cohorts.people'), value: one => one.people, numeric: true },
  { key: 'courses', head: t('cohorts.courses'), value: one => one.courses, numeric: true },
  {
    key: 'menu',
    head: t('cohorts.edit'),
    value: () => '',
    cell: one => (
      <Menu
        label={t('cohorts.menu', { name: one.name })}
        items={[
          { label: t('cohorts.edit'), icon: Pencil, onSelect: () => doing({ what: 'edit', cohort: one }) },
          'line',
          {
            label: t('cohorts.remove'),
            icon: Trash2,
            kind: 'danger',
            onSelect: () => doing({ what: 'remove', cohort: one }),
          },
        ]}
      />
    ),
  },
]

/** /cohorts */
export function CohortsPage(_: PageProps<'cohorts'>) {
  const [search, setSearch] = useState('')
  const [doing, setDoing] = useState<Doing>()
  const words = search.trim()
  const list = usePages(`cohorts ${words}`, after => listCohorts(words, after))
  const close = () => setDoing(undefined)
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('cohorts.title')}
        parent={{ label: t('people.title'), href: pathTo('sitePeople') }}
        lead={t('cohorts.lead')}
        actions={
          <Button kind="primary" icon={Plus} onClick={() => setDoing({ what: 'add' })}>
            {t('cohorts.add')}
          </Button>
        }
      />
      {list.rows === undefined ? (
        list.problem ? (
          <ErrorState
            title={t('cohorts.failed')}
            detail={problemWords(list.problem)}
            requestId={list.problem.requestId}
            onRetry={list.reload}
          />
        ) : (
          <Skeleton form="rows" />
        )
      ) : list.rows.length === 0 && words === '' ? (
        <EmptyState icon={UsersRound} title={t('cohorts.none')}>
          {t('cohorts.noneLead')}
        </EmptyState>
      ) : (
        <div class="stack">
          <Field
            type="search"
            name="search"
            label={t('cohorts.search')}
            labelHidden
            placeholder={t('cohorts.search')}
            value={search}
            onValue={setSearch}
          />
          <Table
            label={t('cohorts.title')}
            columns={columnsOf(setDoing)}
            rows={list.rows}
            rowKey={one => one.id}
            empty={<EmptyState title={t('cohorts.noMatch')}>{t('cohorts.noMatchLead')}</EmptyState>}
          />
          <ShowMore onMore={list.more} busy={list.busy} problem={list.problem && problemWords(list.problem)} />
        </div>
      )}
      {doing?.what === 'remove' ? (
        <RemoveCohortDialog cohort={doing.cohort} onClose={close} onDone={list.reload} />
      ) : (
        doing && (
          <CohortDialog
            cohort={doing.what === 'edit' ? doing.cohort : undefined}
            onClose={close}
            onDone={list.reload}
          />
        )
      )}
    </div>
  )
}
