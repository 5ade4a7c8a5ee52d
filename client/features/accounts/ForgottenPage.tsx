// For whoever forgot their password: an address in, and the same words out whether it is somebody's.
import { useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form } from '#client/ui/Form.tsx'
import { accountRoutes } from '#protocol/accounts.ts'
import { Door } from './Door.tsx'
import { errorOf, noRefusal, type Refusal, refusalOf } from './form-errors.ts'

/** /forgotten-password */
export function ForgottenPage(_: PageProps<'forgotten'>) {
  const [email, setEmail] = useState('')
  const [refusal, setRefusal] = useState<Refusal>(noRefusal)
  const [busy, setBusy] = useState(false)
  const [sentTo, setSentTo] = useState<string>()

  const send = async () => {
    if (busy) return
    if (email.trim() === '')
      return setRefusal({ errors: [{ name: 'email', message: t('accounts.needEmail') }], problem: undefined })
    setBusy(true)
    setRefusal(noRefusal)
    try {
      await request(accountRoutes.forgotPassword, { email: email.trim() })
      setSentTo(email.trim())
    } catch (error) {
      setRefusal(refusalOf(error, ['email']))
    } finally {
      setBusy(false)
    }
  }

  if (sentTo !== undefined)
    return (
      <Door>
        <header>
          <h1 tabIndex={-1}>{t('mail.forgotSentTitle')}</h1>
          <p class="door-lead" role="status">
            {t('mail.forgotSent', { email: sentTo })}
          </p>
        </header>
        <p>{t('mail.forgotNothing')}</p>
        <ButtonLink kind="primary" size="large" wide href={pathTo('signIn')}>
          {t('accounts.toSignIn')}
        </ButtonLink>
        <Button kind="quiet" wide onClick={() => setSentTo(undefined)}>
          {t('mail.forgotAgain')}
        </Button>
      </Door>
    )
  return (
    <Door>
      <header>
        <h1 tabIndex={-1}>{t('mail.forgotTitle')}</h1>
        <p class="door-lead">{t('mail.forgotLead')}</p>
      </header>
      <Form onSubmit={() => void send()} {...refusal}>
        <Field
          name="email"
          type="email"
          label={t('accounts.email')}
          value={email}
          onValue={setEmail}
          autocomplete="username"
          error={errorOf(refusal, 'email')}
        />
        <Button type="submit" kind="primary" size="large" wide busy={busy}>
          {t('mail.forgotSend')}
        </Button>
      </Form>
      <ButtonLink kind="quiet" wide href={pathTo('signIn')}>
        {t('accounts.toSignIn')}
      </ButtonLink>
    </Door>
  )
}
