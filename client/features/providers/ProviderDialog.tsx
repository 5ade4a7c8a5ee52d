// Sets a provider up or changes it; a test says what is wrong before anybody stands before the door.
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { newOperationId } from '#client/platform/operation-id.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox, RadioGroup, Switch } from '#client/ui/Choice.tsx'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { filled } from '#protocol/base/addresses.ts'
import {
  type Finding,
  type Newcomers,
  type Provider,
  type ProviderId,
  providerRoutes,
  returnPath,
} from '#protocol/providers.ts'
import { Findings } from './Findings.tsx'
import { noProviderRefusal, type ProviderRefusal, refusedProvider, type Written, writtenErrors } from './refusal.ts'

interface ProviderDialogProps {
  readonly provider: Provider | undefined
  /** Where the provider sends browsers back to. */
  readonly origin: string
  readonly onClose: () => void
  readonly onDone: (name: string) => void
}

const words = (text: string): string[] => text.split(/[\s,;]+/).filter(one => one !== '')

export function ProviderDialog({ provider, origin, onClose, onDone }: ProviderDialogProps) {
  // The provider is told an address with the id first, so it is made here.
  const [providerId] = useState(() => provider?.id ?? (newOperationId() as string as ProviderId))
  const [name, setName] = useState(provider?.name ?? '')
  const [issuer, setIssuer] = useState(provider?.issuer ?? '')
  const [clientId, setClientId] = useState(provider?.clientId ?? '')
  const [secret, setSecret] = useState('')
  const [dropped, setDropped] = useState(false)
  const [scopes, setScopes] = useState(provider?.scopes.join(' ') ?? 'email profile')
  const [newcomers, setNewcomers] = useState<Newcomers>(provider?.newcomers ?? 'connected')
  const [domains, setDomains] = useState(provider?.domains.join('\n') ?? '')
  const [vouched, setVouched] = useState(provider?.vouched ?? false)
  const [minors, setMinors] = useState(provider?.minors ?? false)
  const [trusted, setTrusted] = useState(provider?.trusted ?? false)
  const [enabled, setEnabled] = useState(provider?.enabled ?? true)
  const [refusal, setRefusal] = useState<ProviderRefusal>(noProviderRefusal)
  const [busy, setBusy] = useState<'save' | 'test'>()
  const [found, setFound] = useState<readonly Finding[]>()

  const written: Written = { name: name.trim(), issuer, clientId: clientId.trim(), newcomers, domains: words(domains) }
  const attempt = async (what: 'save' | 'test', act: () => Promise<void>) => {
    if (busy) return
    const errors = writtenErrors(written, what)
    setRefusal({ errors, problem: undefined })
    if (errors.length > 0) return
    setBusy(what)
    try {
      await act()
    } catch (error) {
      setRefusal(refusedProvider(error))
    } finally {
      setBusy(undefined)
    }
  }
  const typed = secret === '' ? {} : { secret }
  const save = () =>
    attempt('save', async () => {
      const given = { providerId, ...written, scopes: words(scopes), vouched, minors, trusted, enabled, ...typed }
      if (!provider) await request(providerRoutes.create, given)
      else {
        const drop = dropped && secret === '' ? { secret: null } : {}
        await request(providerRoutes.change, { ...given, ...drop, version: provider.version })
      }
      onDone(written.name)
    })
  const test = () =>
    attempt('test', async () => {
      setFound(undefined)
      const { issuer: address, clientId: client } = written
      const given = { providerId, issuer: address, clientId: client, scopes: words(scopes), ...typed }
      setFound((await request(providerRoutes.test, given)).findings)
    })
  const errorAt = (field: string) => refusal.errors.find(one => one.name === field)?.message
  const address = origin + filled(returnPath, { providerId })

  return (
    <Dialog open onClose={onClose} title={t(provider ? 'providers.change' : 'providers.add')} wide>
      <Form onSubmit={() => void save()} {...refusal}>
        <div class="stack-tight">
          <p class="field-label" id="provider-return">
            {t('providers.returnTo')}
          </p>
          <div class="cluster">
            <code class="provider-return">{address}</code>
            <CopyButton text={address} />
          </div>
          <p class="field-hint">{t('providers.returnToHint')}</p>
        </div>
        <Field
          name="name"
          label={t('providers.name')}
          value={name}
          onValue={setName}
          maxLength={40}
          error={errorAt('name')}
        />
        <Field
          type="url"
          name="issuer"
          label={t('providers.issuer')}
          hint={t('providers.issuerHint')}
          value={issuer}
          onValue={setIssuer}
          autocomplete="off"
          maxLength={300}
          error={errorAt('issuer')}
        />
        <Field
          name="clientId"
          label={t('providers.clientId')}
          value={clientId}
          onValue={setClientId}
          autocomplete="off"
          maxLength={300}
          error={errorAt('clientId')}
        />
        <Field
          type="password"
          name="secret"
          label={t('providers.secret')}
          hint={t(provider?.secret ? 'providers.secretKept' : 'providers.secretHint')}
          value={secret}
          onValue={setSecret}
          autocomplete="new-password"
          maxLength={1_000}
          error={errorAt('secret')}
        />
        {provider?.secret && secret === '' && (
          <Checkbox label={t('providers.secretDrop')} checked={dropped} onChecked={setDropped} />
        )}
        <Field
          name="scopes"
          label={t('providers.scopes')}
          hint={t('providers.scopesHint')}
          value={scopes}
          onValue={setScopes}
          autocomplete="off"
          error={errorAt('scopes')}
        />
        <RadioGroup<Newcomers>
          name="newcomers"
          label={t('providers.newcomers')}
          value={newcomers}
          onValue={setNewcomers}
          options={[
            { value: 'connected', label: t('providers.newcomersConnected') },
            { value: 'domains', label: t('providers.newcomersDomains') },
          ]}
        />
        {newcomers === 'domains' && (
          <>
            <Field
              type="textarea"
              name="domains"
              label={t('providers.domains')}
              hint={t('providers.domainsHint')}
              value={domains}
              onValue={setDomains}
              error={errorAt('domains')}
            />
            <Checkbox
              label={t('providers.vouched')}
              hint={t('providers.vouchedHint')}
              checked={vouched}
              onChecked={setVouched}
            />
            <Checkbox label={t('providers.minors')} checked={minors} onChecked={setMinors} />
          </>
        )}
        <Checkbox
          label={t('providers.trusted')}
          hint={t('providers.trustedHint')}
          checked={trusted}
          onChecked={setTrusted}
        />
        <Switch
          label={t('providers.enabled')}
          hint={t('providers.enabledHint')}
          checked={enabled}
          onChecked={setEnabled}
        />
        <Findings found={found} />
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button busy={busy === 'test'} onClick={() => void test()}>
            {t('providers.test')}
          </Button>
          <Button type="submit" kind="primary" busy={busy === 'save'}>
            {t('providers.save')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
