// What a person says of themselves: saved as you go, against the version last read.
import { useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Section } from '#client/ui/Card.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Link } from '#client/ui/Link.tsx'
import { SavedAt, type SaveState } from '#client/ui/SavedAt.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { profileRoutes } from '#protocol/accounts/profile.ts'
import { accountRoutes, type OwnAccount } from '#protocol/accounts.ts'
import { languageFor, languages } from '#protocol/texts/locales.ts'
import { me } from '../store.ts'
import { PictureField } from './PictureField.tsx'
import { ProfileFields } from './ProfileFields.tsx'
import './profile.css'

type Change = Partial<Pick<OwnAccount, 'name' | 'locale' | 'timeZone' | 'pronouns' | 'bio'>>

const zones = (current: string): readonly string[] => {
  const known = Intl.supportedValuesOf('timeZone')
  return [...new Set(['UTC', current, ...known])].sort()
}

export function ProfileForm({ account }: { readonly account: OwnAccount }) {
  const [typed, setTyped] = useState({ name: account.name, pronouns: account.pronouns, bio: account.bio })
  const [save, setSave] = useState<SaveState>({ state: 'clean' })
  const [error, setError] = useState<string | undefined>(undefined)
  const guest = account.kind === 'guest'
  const profile = useLoad(guest ? null : account.id, () =>
    request(profileRoutes.profile, { accountId: account.id }).then(answer => answer.profile),
  )

  const change = async (what: Change) => {
    setSave({ state: 'saving' })
    try {
      const { version } = me.peek() ?? account
      me.value = (await request(accountRoutes.changeProfile, { version, ...what })).account
      setSave({ state: 'saved', at: new Date().toISOString() })
    } catch (thrown) {
      setSave({ state: 'failed' })
      if (thrown instanceof ClientProblem && thrown.code === 'conflict') {
        const current = thrown.params.current as OwnAccount
        me.value = current
        setTyped(current)
        showToast({ text: t('accounts.profileConflict') })
      } else showToast({ text: problemWords(thrown), tone: 'bad' })
    }
  }

  const type = (key: keyof typeof typed) => (value: string) => {
    setTyped(before => ({ ...before, [key]: value }))
    setSave({ state: 'dirty' })
  }
  const leave = (key: keyof typeof typed) => () => {
    const value = typed[key].trim()
    if (key === 'name') setError(value === '' ? t('accounts.needName') : undefined)
    if (key === 'name' && value === '') return
    if (value !== me.peek()?.[key]) void change({ [key]: value })
    else setSave(now => (now.state === 'dirty' ? { state: 'clean' } : now))
  }

  return (
    <Section title={t('accounts.profile')} actions={<SavedAt save={save} />}>
      <div class="stack you-form">
        {!guest && <PictureField account={account} />}
        <Field
          name="name"
          label={t('accounts.name')}
          hint={t('accounts.nameHint')}
          value={typed.name}
          onValue={type('name')}
          onLeave={leave('name')}
          maxLength={80}
          autocomplete="name"
          error={error}
        />
        {!guest && (
          <>
            <Field
              name="pronouns"
              label={t('people.pronouns')}
              hint={t('people.pronounsHint')}
              optional
              value={typed.pronouns}
              onValue={type('pronouns')}
              onLeave={leave('pronouns')}
              maxLength={40}
            />
            <Field
              type="textarea"
              name="bio"
              label={t('people.bio')}
              hint={t('people.bioHint')}
              optional
              value={typed.bio}
              onValue={type('bio')}
              onLeave={leave('bio')}
              maxLength={600}
            />
          </>
        )}
        <Field
          type="select"
          name="locale"
          label={t('accounts.language')}
          value={languageFor([account.locale]).id}
          onValue={locale => void change({ locale })}
          options={languages.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Field
          type="select"
          name="timeZone"
          label={t('accounts.timeZone')}
          hint={t('accounts.timeZoneHint')}
          value={account.timeZone}
          onValue={timeZone => void change({ timeZone })}
          options={zones(account.timeZone).map(zone => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
        />
        {profile.value && <ProfileFields key={account.id} profile={profile.value} onSave={setSave} />}
        {!guest && (
          <p>
            <Link href={pathTo('person', { accountId: account.id })}>{t('people.asOthers')}</Link>
          </p>
        )}
      </div>
    </Section>
  )
}
