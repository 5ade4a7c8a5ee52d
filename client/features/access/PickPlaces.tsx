// Several places to tick: those right below one, or at any depth by name. What is ticked stays so while it is searched.
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import type { Place } from '#protocol/access.ts'
import { listPlaces, type PlaceRef } from './store.ts'
import { kindWord, placeName } from './words.ts'

interface PickPlacesProps {
  readonly below: PlaceRef
  readonly chosen: readonly Place[]
  readonly onChosen: (places: readonly Place[]) => void
  readonly error: string | undefined
}

export function PickPlaces({ below, chosen, onChosen, error }: PickPlacesProps) {
  const [search, setSearch] = useState('')
  const sought = search.trim()
  const asked = { kind: below.kind, id: below.id, limit: 50, ...(sought === '' ? {} : { search: sought }) }
  const { rows, problem, reload, more, busy } = usePages(`pick ${below.id} ${sought}`, after =>
    listPlaces({ ...asked, ...(after ? { after } : {}) }),
  )
  const shown = rows ?? []
  const isChosen = (one: Place) => chosen.some(other => other.id === one.id)
  const rest = shown.filter(one => !isChosen(one))
  const tick = (one: Place, on: boolean) =>
    onChosen(on ? [...chosen, one] : chosen.filter(other => other.id !== one.id))
  return (
    <fieldset class="many-boxes">
      <legend>{t('access.manyPlaces')}</legend>
      <div class="many-places">
        <Field
          type="search"
          name="find"
          label={t('access.find')}
          value={search}
          onValue={setSearch}
          autocomplete="off"
          error={error}
        />
        {!rows ? (
          problem ? (
            <ErrorState title={t('access.failed')} detail={problemWords(problem)} onRetry={reload} />
          ) : (
            <Skeleton form="rows" count={3} />
          )
        ) : shown.length === 0 ? (
          <p class="muted">{sought === '' ? t('access.nothingBelow') : t('access.noPlace')}</p>
        ) : (
          <div class="many-list">
            {shown.map(one => (
              <Checkbox
                key={one.id}
                label={placeName(one)}
                hint={kindWord(one.kind)}
                checked={isChosen(one)}
                onChecked={on => tick(one, on)}
              />
            ))}
          </div>
        )}
        <div class="cluster">
          {rest.length > 1 && <Button onClick={() => onChosen([...chosen, ...rest])}>{t('access.manyShown')}</Button>}
          {rows && <ShowMore onMore={more} busy={busy} problem={problem && problemWords(problem)} />}
        </div>
        <p class="muted" role="status">
          {chosen.length === 0
            ? t('access.manyNone')
            : t('access.manyChosen', { count: chosen.length, names: chosen.map(placeName).join(' · ') })}
        </p>
      </div>
    </fieldset>
  )
}
