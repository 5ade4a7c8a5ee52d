// Makes an access token: a name, what it may do, how long; then shows its secret, this once.
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox, RadioGroup } from '#client/ui/Choice.tsx'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { type TokenScope, tokenFeatures, tokenRoutes, tokenScope } from '#protocol/accounts/tokens.ts'
import { errorOf, noRefusal, type Refusal, refusalOf } from './form-errors.ts'

interface NewTokenDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  /** One was made: the list is read again. */
  readonly onMade: () => void
}

type Reach = 'read' | 'write' | 'some'

const scopesFor: Record<Exclude<Reach, 'some'>, readonly TokenScope[]> = {
  read: [tokenScope.parse('all:read')],
  write: [tokenScope.parse('all:write')],
}

/** Every scope of a single feature, in the order of the features. */
const single = tokenFeatures.flatMap(feature =>
  ['read', 'write'].flatMap(kind => {
    const scope = tokenScope.safeParse(`${feature}:${kind}`)
    return scope.success ? [scope.data] : []
  }),
)

export function NewTokenDialog({ open, onClose, onMade }: NewTokenDialogProps) {
  const [secret, setSecret] = useState<string | undefined>(undefined)
  const close = () => {
    setSecret(undefined)
    onClose()
  }
  return (
    <Dialog open={open} onClose={close} title={t('accounts.tokenNew')}>
      {secret === undefined ? (
        <NewToken
          onMade={made => {
            setSecret(made)
            onMade()
          }}
        />
      ) : (
        <div class="stack">
          <Banner tone="warn" title={t('accounts.tokenOnceTitle')}>
            {t('accounts.tokenOnce')}
          </Banner>
          <p class="token-secret">
            <code>{secret}</code>
          </p>
          <div class="cluster">
            <CopyButton text={secret} kind="plain" label={t('accounts.tokenCopy')} />
            <Button kind="primary" onClick={close}>
              {t('accounts.inviteDone')}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  )
}

function NewToken({ onMade }: { readonly onMade: (secret: string) => void }) {
  const [name, setName] = useState('')
  const [reach, setReach] = useState<Reach>('read')
  const [some, setSome] = useState<readonly TokenScope[]>([])
  const [days, setDays] = useState('90')
  const [refusal, setRefusal] = useState<Refusal>(noRefusal)
  const [busy, setBusy] = useState(false)

  const send = async () => {
    if (busy) return
    if (name.trim() === '')
      return setRefusal({ errors: [{ name: 'name', message: t('accounts.tokenNeedName') }], problem: undefined })
    const scopes = reach === 'some' ? [...some] : [...scopesFor[reach]]
    if (scopes.length === 0) return setRefusal({ errors: [], problem: t('accounts.tokenNeedScope') })
    setBusy(true)
    try {
      const made = await request(tokenRoutes.createToken, {
        name,
        scopes,
        days: days === 'never' ? null : Number(days),
      })
      onMade(made.secret)
    } catch (error) {
      setRefusal(refusalOf(error, ['name']))
      setBusy(false)
    }
  }

  return (
    <Form onSubmit={() => void send()} {...refusal}>
      <Field
        name="name"
        type="text"
        label={t('accounts.tokenName')}
        hint={t('accounts.tokenNameHint')}
        value={name}
        onValue={setName}
        autocomplete="off"
        error={errorOf(refusal, 'name')}
      />
      <RadioGroup<Reach>
        label={t('accounts.tokenReach')}
        name="reach"
        value={reach}
        onValue={setReach}
        options={[
          { value: 'read', label: t('accounts.tokenAllRead') },
          { value: 'write', label: t('accounts.tokenAllWrite') },
          { value: 'some', label: t('accounts.tokenSome') },
        ]}
      />
      {reach === 'some' && (
        <fieldset class="token-scopes">
          <legend class="field-label">{t('accounts.tokenScopes')}</legend>
          {single.map(scope => (
            <Checkbox
              key={scope}
              label={<code>{scope}</code>}
              checked={some.includes(scope)}
              onChecked={on => setSome(on ? [...some, scope] : some.filter(one => one !== scope))}
            />
          ))}
        </fieldset>
      )}
      <Field
        name="days"
        type="select"
        label={t('accounts.tokenDays')}
        value={days}
        onValue={setDays}
        options={[
          ...[7, 30, 90, 365].map(count => ({ value: `${count}`, label: t('accounts.tokenFor', { count }) })),
          { value: 'never', label: t('accounts.tokenForEver') },
        ]}
      />
      <FormActions>
        <Button type="submit" kind="primary" busy={busy}>
          {t('accounts.tokenMake')}
        </Button>
      </FormActions>
    </Form>
  )
}
