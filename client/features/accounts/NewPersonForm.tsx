// Name, e-mail and password of somebody new: the same for an invitation and for the first administrator.
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import { type NextStep, type OwnAccount, passwordLength } from '#protocol/accounts.ts'
import { errorOf, noRefusal, type Refusal, refusalOf } from './form-errors.ts'
import { become } from './store.ts'

export interface TypedPerson {
  readonly name: string
  readonly email: string
  readonly password: string
  readonly timeZone: string
}

interface NewPersonFormProps {
  /** An invitation that is kept to one address; it can't be changed. */
  readonly email: string | null
  /** Who they are already: then only the password is asked for. */
  readonly name?: string | undefined
  /** What they are called so far, to keep or to change. */
  readonly suggested?: string | undefined
  readonly action: string
  readonly send: (person: TypedPerson) => Promise<{ account: OwnAccount; next?: NextStep | null }>
  /** What is still asked of them before they are in. */
  readonly onStep?: (next: NextStep) => void
  /** Where they are taken; Today when left out. */
  readonly next?: string | undefined
}

export function NewPersonForm(props: NewPersonFormProps) {
  const { email: given, name: known, suggested, action, send, onStep, next = pathTo('today') } = props
  const { route: go } = useLocation()
  const [name, setName] = useState(known ?? suggested ?? '')
  const [email, setEmail] = useState(given ?? '')
  const [password, setPassword] = useState('')
  const [refusal, setRefusal] = useState<Refusal>(noRefusal)
  const [busy, setBusy] = useState(false)

  const submit = async () => {
    if (busy) return
    const missing: FormError[] = []
    if (name.trim() === '') missing.push({ name: 'name', message: t('accounts.needName') })
    if (email.trim() === '') missing.push({ name: 'email', message: t('accounts.needEmail') })
    if (password.length < passwordLength) missing.push({ name: 'password', message: t('accounts.passwordShort') })
    if (missing.length > 0) return setRefusal({ errors: missing, problem: undefined })
    setBusy(true)
    setRefusal(noRefusal)
    try {
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
      const came = await send({ name: name.trim(), email: email.trim(), password, timeZone })
      if (came.next) return onStep?.(came.next)
      become(came.account)
      go(next, true)
    } catch (error) {
      setRefusal(refusalOf(error, ['name', 'email', 'password']))
      setBusy(false)
    }
  }

  return (
    <Form onSubmit={() => void submit()} {...refusal}>
      {known === undefined && (
        <Field
          name="name"
          label={t('accounts.name')}
          hint={t('accounts.nameHint')}
          value={name}
          onValue={setName}
          autocomplete="name"
          maxLength={80}
          error={errorOf(refusal, 'name')}
        />
      )}
      <Field
        name="email"
        type="email"
        label={t('accounts.email')}
        value={email}
        onValue={setEmail}
        disabled={given !== null}
        autocomplete="username"
        error={errorOf(refusal, 'email')}
      />
      <Field
        name="password"
        type="password"
        label={t('accounts.newPassword')}
        hint={t('accounts.passwordHint')}
        value={password}
        onValue={setPassword}
        autocomplete="new-password"
        error={errorOf(refusal, 'password')}
      />
      <Button type="submit" kind="primary" size="large" wide busy={busy}>
        {action}
      </Button>
    </Form>
  )
}
