// Whom a question about rights means. Who looks after the school finds them by name; others write the address they know,
// since a list of everybody is not for them.
import { PersonField, type PickedPerson } from '#client/features/accounts/people/PersonField.tsx'
import { me } from '#client/features/accounts/store.ts'
import { t } from '#client/platform/texts.ts'
import { Field } from '#client/ui/Field.tsx'

/** Somebody by their address; `picked` where they were found by name. */
export interface Who {
  readonly email: string
  readonly picked: PickedPerson | undefined
}

export const nobody: Who = { email: '', picked: undefined }

/** The name of the field that asks, for what an error is said of. */
export const whoName = () => (finds() ? 'person' : 'email')

const finds = () => me.value?.siteRole === 'administrator'

interface WhoFieldProps {
  readonly who: Who
  readonly onWho: (who: Who) => void
  readonly error: string | undefined
  readonly autoFocus?: boolean | undefined
}

export function WhoField({ who, onWho, error, autoFocus }: WhoFieldProps) {
  if (finds())
    return (
      <PersonField
        label={t('access.person')}
        picked={who.picked}
        onPicked={picked => onWho({ email: picked?.email ?? '', picked })}
        kinds="members"
        error={error}
        autoFocus={autoFocus}
      />
    )
  return (
    <Field
      type="email"
      name="email"
      label={t('access.giveTo')}
      value={who.email}
      onValue={email => onWho({ email, picked: undefined })}
      autocomplete="off"
      error={error}
      autoFocus={autoFocus}
    />
  )
}
