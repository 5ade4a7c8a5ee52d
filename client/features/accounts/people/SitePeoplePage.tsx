// The people of the school, for administrators: found by the server, a page at a time, each with what can be done.
import { FileUp, Link2, ListPlus, LogIn, SlidersHorizontal, UserPlus, Users, UsersRound } from 'lucide-preact'
import { useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { locale, t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { useSettled } from '#client/platform/use-settled.ts'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { peopleRoutes, personState } from '#protocol/accounts/people.ts'
import type { Input, Output } from '#protocol/base/call.ts'
import { siteRoles } from '#protocol/base/roles.ts'
import { AddPersonDialog } from './AddPersonDialog.tsx'
import { LinksDialog } from './LinksDialog.tsx'
import { PeopleRows } from './PeopleRows.tsx'
import { type Doing, PersonDialogs } from './PersonDialogs.tsx'
import { roleWord, stateWord } from './words.ts'
import './people.css'

const ways = () => [
  { label: t('people.fields'), icon: ListPlus, href: pathTo('profileFields') },
  { label: t('providers.title'), icon: LogIn, href: pathTo('providers') },
  { label: t('cohorts.title'), icon: UsersRound, href: pathTo('cohorts') },
  { label: t('imports.title'), icon: FileUp, href: pathTo('imports') },
]

type PeopleFilter = Omit<Input<typeof peopleRoutes.people>, 'limit' | 'after'>
type Counts = Output<typeof peopleRoutes.countPeople>

/** How many the filter finds, where the counts tell: not of a search, nor of administrators alone. */
function totalOf(counts: Counts | undefined, { search, siteRole, kind, state }: PeopleFilter): number | undefined {
  if (!counts || search !== undefined) return undefined
  if (siteRole === 'guest' && state === undefined) return counts.guests
  if (siteRole !== undefined) return undefined
  const members = counts.active + counts.waiting + counts.suspended
  if (kind === 'member') return state === undefined ? members : counts[state]
  return state === undefined ? members + counts.guests : undefined
}

/** "100 of 323 people", and how the others come. */
const countedWords = (shown: number, total: number | undefined): string =>
  `${
    total === undefined
      ? t('people.firstOf', { shown: shown.toLocaleString(locale) })
      : t('people.shownOf', { shown: shown.toLocaleString(locale), count: total })
  } ${t('people.moreBelow')}`

/** /people */
export function SitePeoplePage({ query }: PageProps<'sitePeople'>) {
  const { route: go } = useLocation()
  const [search, setSearch] = useState(query.search ?? '')
  const [siteRole, setSiteRole] = useState('')
  const [state, setState] = useState(query.state ?? '')
  const [sort, setSort] = useState<'name' | 'newest'>('name')
  const [linking, setLinking] = useState(false)
  const [filtering, setFiltering] = useState(siteRole !== '' || state !== '')
  const [doing, setDoing] = useState<Doing | undefined>(query.add === '1' ? { what: 'add' } : undefined)
  const asked = useSettled(search.trim())

  const role = siteRoles.find(one => one === siteRole)
  const shut = personState.options.find(one => one === state)
  // Whoever came to one class by its code is no part of the school: shown when they are asked for.
  const members = siteRole !== 'guest' && siteRole !== 'all'
  const filter = {
    sort,
    ...(asked ? { search: asked } : {}),
    ...(role ? { siteRole: role } : members ? { kind: 'member' as const } : {}),
    ...(shut ? { state: shut } : {}),
  }
  const list = usePages(JSON.stringify(filter), after =>
    request(peopleRoutes.people, { ...filter, limit: 100, ...(after === undefined ? {} : { after }) }),
  )
  const counts = useLoad('counts', () => request(peopleRoutes.countPeople, {}))
  const reload = () => {
    list.reload()
    counts.reload()
  }
  const acts = useMemo(() => ({ onDoing: setDoing, onChanged: reload, go }), [list.reload, go])

  const done = () => {
    setDoing(undefined)
    reload()
  }
  const filtered = asked !== '' || siteRole !== '' || state !== ''

  return (
    <div class="stack-loose">
      <PageHeader
        title={t('people.title')}
        lead={counts.value && t('people.counts', { ...counts.value })}
        actions={
          <>
            <span class="site-people-ways">
              {ways().map(way => (
                <ButtonLink key={way.href} icon={way.icon} href={way.href}>
                  {way.label}
                </ButtonLink>
              ))}
            </span>
            <Button kind="primary" icon={UserPlus} onClick={() => setDoing({ what: 'add' })}>
              {t('people.add')}
            </Button>
            <span class="site-people-more">
              <Menu label={t('people.otherWays')} items={ways()} />
            </span>
          </>
        }
      />
      <div class="site-people-filter" data-open={filtering || undefined}>
        <Field
          type="search"
          name="search"
          label={t('people.search')}
          labelHidden
          placeholder={t('people.search')}
          value={search}
          onValue={setSearch}
        />
        <span class="site-people-fold">
          <IconButton
            icon={SlidersHorizontal}
            label={t('people.filter')}
            aria-expanded={filtering}
            onClick={() => setFiltering(!filtering)}
          />
        </span>
        <Field
          type="select"
          name="siteRole"
          label={t('people.role')}
          labelHidden
          value={siteRole}
          onValue={setSiteRole}
          options={[
            { value: '', label: t('people.noGuests') },
            { value: 'all', label: t('people.anyRole') },
            ...siteRoles.map(one => ({ value: one, label: roleWord(one) })),
          ]}
        />
        <Field
          type="select"
          name="state"
          label={t('people.state')}
          labelHidden
          value={state}
          onValue={setState}
          options={[
            { value: '', label: t('people.anyState') },
            ...personState.options.map(one => ({ value: one, label: stateWord(one) })),
          ]}
        />
        <Field
          type="select"
          name="sort"
          label={t('people.sort')}
          labelHidden
          value={sort}
          onValue={value => setSort(value === 'newest' ? 'newest' : 'name')}
          options={[
            { value: 'name', label: t('people.byName') },
            { value: 'newest', label: t('people.byAge') },
          ]}
        />
      </div>
      {list.problem && !list.rows ? (
        <ErrorState
          title={t('people.failed')}
          detail={problemWords(list.problem)}
          requestId={list.problem.requestId}
          onRetry={list.reload}
        />
      ) : !list.rows ? (
        <Skeleton form="rows" count={8} />
      ) : (
        <div class="stack">
          {state === 'waiting' && list.rows.length > 0 && (
            <div>
              <Button icon={Link2} onClick={() => setLinking(true)}>
                {t('people.linksForAll')}
              </Button>
            </div>
          )}
          <PeopleRows
            rows={list.rows}
            acts={acts}
            counted={list.more && countedWords(list.rows.length, totalOf(counts.value, filter))}
            empty={
              filtered ? (
                <EmptyState title={t('people.noMatch')}>{t('people.noMatchLead')}</EmptyState>
              ) : (
                <EmptyState icon={Users} title={t('people.empty')}>
                  {t('people.emptyLead')}
                </EmptyState>
              )
            }
          />
          <ShowMore onMore={list.more} busy={list.busy} problem={list.problem && problemWords(list.problem)} />
        </div>
      )}
      {linking && (
        <LinksDialog
          list={{
            key: JSON.stringify(filter),
            page: after => request(peopleRoutes.people, { ...filter, limit: 200, ...(after ? { after } : {}) }),
          }}
          onClose={() => {
            setLinking(false)
            reload()
          }}
        />
      )}
      {doing?.what === 'add' && (
        <AddPersonDialog
          onClose={() => setDoing(undefined)}
          onDone={reload}
          onFind={email => {
            setDoing(undefined)
            setSiteRole('')
            setState('')
            setSearch(email)
          }}
        />
      )}
      <PersonDialogs doing={doing} acts={acts} onClose={() => setDoing(undefined)} onDone={done} />
    </div>
  )
}
