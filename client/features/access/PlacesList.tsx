// What is below a place, to go on to: right below it, or at any depth by name.
import { BookOpen, Building2, Users } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { listPlaces, type PlaceRef } from './store.ts'
import { kindWord, placeName } from './words.ts'

const icons = { site: Building2, department: Building2, course: BookOpen, group: Users, item: BookOpen }

export function PlacesList({ place }: { readonly place: PlaceRef }) {
  const [search, setSearch] = useState('')
  const asked = { kind: place.kind, id: place.id, ...(search.trim() === '' ? {} : { search: search.trim() }) }
  const { rows, problem, reload, more, busy } = usePages(`${place.id} ${search}`, after =>
    listPlaces({ ...asked, ...(after ? { after } : {}) }),
  )
  if (!rows)
    return problem ? (
      <ErrorState title={t('access.failed')} detail={problemWords(problem)} onRetry={reload} />
    ) : (
      <Skeleton form="rows" count={3} />
    )
  return (
    <div class="stack">
      {(rows.length > 5 || search !== '') && (
        <Field type="search" name="place" label={t('access.find')} value={search} onValue={setSearch} />
      )}
      {rows.length === 0 ? (
        search === '' ? (
          <p class="muted">{t('access.nothingBelow')}</p>
        ) : (
          <EmptyState title={t('access.noPlace')}>{t('access.noPlaceDetail')}</EmptyState>
        )
      ) : (
        <List label={t('access.parts')}>
          {rows.map(one => (
            <Row
              key={one.id}
              start={<Icon as={icons[one.kind]} />}
              title={placeName(one)}
              detail={kindWord(one.kind)}
              href={pathTo('rolePlace', { kind: one.kind, id: one.id })}
            />
          ))}
        </List>
      )}
      <ShowMore onMore={more} busy={busy} problem={problem && problemWords(problem)} />
    </div>
  )
}
