// Picks one person of the school: typed, found by the server, chosen from what was found. For administrators.
import { X } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { useSettled } from '#client/platform/use-settled.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Banner } from '#client/ui/Banner.tsx'
import { Field } from '#client/ui/Field.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { peopleRoutes, type SitePerson } from '#protocol/accounts/people.ts'
import './people.css'

export type PickedPerson = Pick<SitePerson, 'accountId' | 'name' | 'email'>

interface PersonFieldProps {
  readonly label: string
  readonly picked: PickedPerson | undefined
  readonly onPicked: (person: PickedPerson | undefined) => void
  /** Whether guests can be meant. */
  readonly kinds: 'everybody' | 'members'
  readonly except?: string | undefined
  readonly error?: string | undefined
  readonly autoFocus?: boolean | undefined
}

const most = 8

export function PersonField({ label, picked, onPicked, kinds, except, error, autoFocus }: PersonFieldProps) {
  const [search, setSearch] = useState('')
  const asked = useSettled(search.trim())
  const found = useLoad(asked === '' || picked ? null : asked, () =>
    request(peopleRoutes.people, { search: asked, limit: most + 1 }).then(page =>
      page.items
        .filter(one => one.accountId !== except && (kinds === 'everybody' || one.kind === 'member'))
        .slice(0, most),
    ),
  )
  if (picked)
    return (
      <div class="field">
        <span class="field-label">{label}</span>
        <div class="person-picked">
          <Avatar name={picked.name} seed={picked.accountId} size={24} />
          <span>
            {picked.name} {picked.email && <span class="muted">{picked.email}</span>}
          </span>
          <IconButton
            icon={X}
            label={t('people.pickOther')}
            onClick={() => {
              setSearch('')
              onPicked(undefined)
            }}
          />
        </div>
      </div>
    )
  return (
    <div class="stack">
      <Field
        type="search"
        name="person"
        label={label}
        placeholder={t('people.searchShort')}
        value={search}
        onValue={setSearch}
        autocomplete="off"
        error={error}
        autoFocus={autoFocus}
      />
      {found.problem && <Banner tone="bad">{problemWords(found.problem)}</Banner>}
      {asked !== '' && found.value?.length === 0 && <p class="muted">{t('people.noMatch')}</p>}
      {asked !== '' && found.value && found.value.length > 0 && (
        <List label={t('people.found')}>
          {found.value.map(one => (
            <Row
              key={one.accountId}
              start={<Avatar name={one.name} seed={one.accountId} size={24} />}
              title={one.name}
              detail={one.email}
              onPress={() => onPicked(one)}
            />
          ))}
        </List>
      )}
    </div>
  )
}
