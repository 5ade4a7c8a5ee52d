// Name, language and time zone: saved as you go, against the version last read.
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Section } from '#client/ui/Card.tsx'
import { Field } from '#client/ui/Field.tsx'
import { SavedAt, type SaveState } from '#client/ui/SavedAt.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { accountRoutes, type OwnAccount } from '#protocol/accounts.ts'
import { languageFor, languages } from '#protocol/texts/locales.ts'
import { me } from './store.ts'

type Change = { readonly name?: string; readonly locale?: string; readonly timeZone?: string }

const zones = (current: string): readonly string[] => {
  const known = Intl.supportedValuesOf('timeZone')
  return [...new Set(['UTC', current, ...known])].sort()
}

export function ProfileForm({ account }: { readonly account: OwnAccount }) {
  const [name, setName] = useState(account.name)
  const [save, setSave] = useState<SaveState>({ state: 'clean' })
  const [error, setError] = useState<string | undefined>(undefined)

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
        setName(current.name)
        showToast({ text: t('accounts.profileConflict') })
      } else showToast({ text: problemWords(thrown), tone: 'bad' })
    }
  }

  const leaveName = () => {
    const typed = name.trim()
    setError(typed === '' ? t('accounts.needName') : undefined)
    if (typed !== '' && typed !== me.peek()?.name) void change({ name: typed })
  }

  return (
    <Section title={t('accounts.profile')} actions={<SavedAt save={save} />}>
      <div class="stack you-form">
        <Field
          name="name"
          label={t('accounts.name')}
          hint={t('accounts.nameHint')}
          value={name}
          onValue={typed => {
            setName(typed)
            setSave({ state: 'dirty' })
          }}
          onLeave={leaveName}
          maxLength={80}
          autocomplete="name"
          error={error}
        />
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
      </div>
    </Section>
  )
}
