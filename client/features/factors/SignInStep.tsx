// What follows the password at the door: the code of an app, or setting one up where the school asks for it.
import { KeyRound } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form } from '#client/ui/Form.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import type { NextStep, OwnAccount } from '#protocol/accounts.ts'
import { factorRoutes, type NewKey } from '#protocol/factors.ts'
import { NewApp } from './NewApp.tsx'
import { PasskeyButton } from './PasskeyButton.tsx'
import { addPasskeyDue, passkeyWords, takesPasskeys } from './passkeys.ts'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { type FactorRefusal, noFactorRefusal, refusedFactor } from './refusal.ts'
import './factors.css'

export interface SignInStepProps {
  /** What follows: a step to take, or one to set up first. */
  readonly next: NextStep
  readonly onIn: (account: OwnAccount) => void
  readonly onBack: () => void
}

export function SignInStep(props: SignInStepProps) {
  return props.next.step === 'second-step' ? <CodeStep {...props} /> : <SetupStep {...props} />
}

function CodeStep({ next: { ticket, means }, onIn, onBack }: SignInStepProps) {
  const byApp = means.includes('app')
  const byPasskey = means.includes('passkey')
  const [code, setCode] = useState('')
  const [refusal, setRefusal] = useState<FactorRefusal>(noFactorRefusal)
  const [busy, setBusy] = useState(false)
  const send = async () => {
    if (busy) return
    if (code.trim() === '')
      return setRefusal({ errors: [{ name: 'code', message: t('factors.needCode') }], problem: undefined })
    setBusy(true)
    try {
      onIn((await request(factorRoutes.finish, { ticket, code })).account)
    } catch (error) {
      setRefusal(refusedFactor(error))
      setBusy(false)
    }
  }
  return (
    <>
      <h1 tabIndex={-1}>{t('factors.stepTitle')}</h1>
      <p class="muted">
        {t(!byPasskey ? 'factors.stepLead' : takesPasskeys() ? 'factors.stepPasskey' : 'factors.stepPasskeyElsewhere')}
      </p>
      {byPasskey && (
        <PasskeyButton step={ticket} onIn={onIn} onProblem={words => setRefusal({ errors: [], problem: words })} />
      )}
      <Form onSubmit={() => void send()} {...refusal}>
        <Field
          name="code"
          label={t(byApp ? 'factors.code' : 'factors.recoveryCode')}
          hint={byApp ? t('factors.codeHint') : undefined}
          value={code}
          onValue={setCode}
          autocomplete="one-time-code"
          maxLength={40}
          error={refusal.errors[0]?.message}
          autoFocus={!byPasskey}
        />
        <Button type="submit" kind={byPasskey && takesPasskeys() ? 'plain' : 'primary'} size="large" wide busy={busy}>
          {t('factors.signIn')}
        </Button>
      </Form>
      <div class="factor-back">
        <Button kind="quiet" onClick={onBack}>
          {t('factors.back')}
        </Button>
      </div>
    </>
  )
}

function SetupStep({ next: { ticket }, onIn, onBack }: SignInStepProps) {
  const [made, setMade] = useState<NewKey>()
  const [problem, setProblem] = useState<string>()
  const [done, setDone] = useState<{ readonly codes: readonly string[]; readonly account: OwnAccount }>()
  const [making, setMaking] = useState(false)
  const [refused, setRefused] = useState<string>()
  const makePasskey = async () => {
    if (making) return
    setMaking(true)
    setRefused(undefined)
    try {
      const { account, recoveryCodes } = await addPasskeyDue(ticket)
      setDone({ codes: recoveryCodes, account })
    } catch (error) {
      setRefused(passkeyWords(error))
    } finally {
      setMaking(false)
    }
  }
  useEffect(() => {
    request(factorRoutes.beginDue, { ticket }).then(setMade, (error: unknown) => setProblem(problemWords(error)))
  }, [ticket])
  return (
    <>
      <h1 tabIndex={-1}>{t('factors.dueTitle')}</h1>
      {done ? (
        <RecoveryCodes codes={done.codes} onKept={() => onIn(done.account)} />
      ) : problem !== undefined ? (
        <ErrorState title={problem} onRetry={onBack} />
      ) : made === undefined ? (
        <Skeleton form="block" />
      ) : (
        <>
          <p class="muted">{t('factors.dueLead')}</p>
          {takesPasskeys() && (
            <>
              {refused && <Banner tone="bad">{refused}</Banner>}
              <Button size="large" wide icon={KeyRound} busy={making} onClick={() => void makePasskey()}>
                {t('factors.passkeyMakeOne')}
              </Button>
              <p class="door-or">{t('accounts.or')}</p>
            </>
          )}
          <NewApp
            made={made}
            onCode={async code => {
              const { account, recoveryCodes } = await request(factorRoutes.confirmDue, { ticket, code })
              setDone({ codes: recoveryCodes, account })
            }}
          />
        </>
      )}
    </>
  )
}
