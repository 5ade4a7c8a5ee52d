// Makes an access token: a name, what it may do, how long; then shows its secret, this once.
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { RadioGroup } from '#client/ui/Choice.tsx'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { tokenRoutes, tokenScope } from '#protocol/accounts/tokens.ts'
import { everyPart, isAlone } from '#protocol/base/reach.ts'
import { errorOf, noRefusal, type Refusal, refusalOf } from './form-errors.ts'
import { TokenParts } from './TokenParts.tsx'
import type { Chosen, Reach } from './token-parts.ts'

interface NewTokenDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  /** One was made: the list is read again. */
  readonly onMade: () => void
}

/** The scopes of a choice: everything holds all but what is chosen by itself. */
const scopesOf = (reach: Reach | 'some', chosen: Chosen) =>
  [
    ...(reach === 'some' ? [] : [`all:${reach}`]),
    ...everyPart.flatMap(part => {
      const kind = reach === 'some' || isAlone(part) ? chosen[part] : undefined
      return kind ? [`${part}:${kind}`] : []
    }),
  ].map(scope => tokenScope.parse(scope))

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
  const [reach, setReach] = useState<Reach | 'some'>('read')
  const [chosen, setChosen] = useState<Chosen>({})
  const [days, setDays] = useState('90')
  const [refusal, setRefusal] = useState<Refusal>(noRefusal)
  const [busy, setBusy] = useState(false)

  const send = async () => {
    if (busy) return
    if (name.trim() === '')
      return setRefusal({ errors: [{ name: 'name', message: t('accounts.tokenNeedName') }], problem: undefined })
    const scopes = scopesOf(reach, chosen)
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
      <RadioGroup<Reach | 'some'>
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
      <TokenParts aloneOnly={reach !== 'some'} chosen={chosen} onChosen={setChosen} />
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
