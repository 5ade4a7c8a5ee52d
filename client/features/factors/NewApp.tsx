// The key of a new authenticator app as a QR code drawn here, and the first code that proves the app has it.
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form } from '#client/ui/Form.tsx'
import { QrCode } from '#client/ui/QrCode.tsx'
import type { NewKey } from '#protocol/factors.ts'
import { type FactorRefusal, noFactorRefusal, refusedFactor } from './refusal.ts'

interface NewAppProps {
  readonly made: NewKey
  /** Sends the code; throws what refuses it. */
  readonly onCode: (code: string) => Promise<void>
}

export function NewApp({ made, onCode }: NewAppProps) {
  const [code, setCode] = useState('')
  const [refusal, setRefusal] = useState<FactorRefusal>(noFactorRefusal)
  const [busy, setBusy] = useState(false)
  const send = async () => {
    if (busy) return
    if (code.trim() === '')
      return setRefusal({ errors: [{ name: 'code', message: t('factors.needCode') }], problem: undefined })
    setBusy(true)
    try {
      await onCode(code)
    } catch (error) {
      setRefusal(refusedFactor(error))
      setBusy(false)
    }
  }
  return (
    <Form onSubmit={() => void send()} {...refusal}>
      <p>{t('factors.scan')}</p>
      <div class="factor-qr">
        <QrCode value={made.uri} label={t('factors.qr')} />
      </div>
      <div class="cluster">
        <code class="factor-key">{made.key.match(/.{1,4}/g)?.join(' ')}</code>
        <CopyButton text={made.key} label={t('factors.copyKey')} />
      </div>
      <Field
        name="code"
        label={t('factors.firstCode')}
        value={code}
        onValue={setCode}
        inputMode="numeric"
        autocomplete="one-time-code"
        maxLength={10}
        error={refusal.errors[0]?.message}
        autoFocus
      />
      <Button type="submit" kind="primary" wide busy={busy}>
        {t('factors.confirm')}
      </Button>
    </Form>
  )
}
