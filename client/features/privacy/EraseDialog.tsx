// Erases somebody for good: says first what goes, what stays and why, and asks for the name and the reason, because
// nothing brings it back.
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { locale, t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { AccountId } from '#protocol/base/ids.ts'
import { type ErasurePart, privacyRoutes } from '#protocol/privacy.ts'
import { isSameName } from '#protocol/same-name.ts'
import { becauseWords, featureWords } from './words.ts'
import './privacy.css'

interface EraseDialogProps {
  readonly person: { readonly accountId: AccountId; readonly name: string }
  readonly onClose: () => void
  readonly onDone: () => void
}

export function EraseDialog({ person: { accountId, name }, onClose, onDone }: EraseDialogProps) {
  const preview = useLoad(accountId, () => request(privacyRoutes.previewErasure, { accountId }))
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const [errors, setErrors] = useState<readonly { name: string; message: string }[]>([])
  const [busy, setBusy] = useState(false)
  const errorAt = (field: string) => errors.find(one => one.name === field)?.message
  const asked = preview.value?.asked

  const erase = async () => {
    if (busy) return
    const missing = [
      ...(reason.trim() === '' ? [{ name: 'reason', message: t('privacy.needReason') }] : []),
      ...(isSameName(typed, name) ? [] : [{ name: 'name', message: t('people.eraseOther') }]),
    ]
    setErrors(missing)
    if (missing.length > 0) return
    setBusy(true)
    try {
      await request(privacyRoutes.erase, { accountId, name: typed, reason })
      showToast({ text: t('privacy.begun', { name }) })
      onDone()
    } catch (error) {
      setErrors([{ name: 'name', message: problemWords(error) }])
      setBusy(false)
    }
  }

  return (
    <Dialog open onClose={onClose} title={t('people.eraseTitle', { name })}>
      <Form onSubmit={() => void erase()} errors={[...errors]}>
        <Banner tone="warn" title={t('people.eraseForGood')}>
          {t('people.eraseLead')}
        </Banner>
        {asked && (
          <Banner tone="neutral">
            {asked.reason ? t('privacy.theySaid', { name, reason: asked.reason }) : t('privacy.theyAsked', { name })}
          </Banner>
        )}
        {preview.value ? (
          <Parts parts={preview.value.parts} />
        ) : preview.problem ? (
          <ErrorState title={t('people.keptFailed')} detail={problemWords(preview.problem)} onRetry={preview.reload} />
        ) : (
          <Skeleton form="rows" count={4} />
        )}
        <Field
          name="reason"
          label={t('privacy.reason')}
          hint={t('privacy.reasonHint')}
          maxLength={300}
          value={reason}
          onValue={setReason}
          autocomplete="off"
          error={errorAt('reason')}
        />
        <Field
          name="name"
          label={t('people.eraseType', { name })}
          value={typed}
          onValue={setTyped}
          autocomplete="off"
          error={errorAt('name')}
        />
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" kind="danger" busy={busy} disabled={!preview.value}>
            {t('people.erase')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}

function Parts({ parts }: { readonly parts: readonly ErasurePart[] }) {
  const reasons = [...new Set(parts.flatMap(one => one.because))]
  const figure = (count: number) => <td class="figures">{count === 0 ? '–' : count.toLocaleString(locale)}</td>
  return (
    <>
      <table class="erase-parts">
        <caption class="muted">{t('privacy.becomes')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('privacy.part')}</th>
            <th scope="col">{t('privacy.deleted')}</th>
            <th scope="col">{t('privacy.kept')}</th>
          </tr>
        </thead>
        <tbody>
          {parts.map(one => (
            <tr key={one.feature}>
              <th scope="row">{featureWords(one.feature)}</th>
              {figure(one.deleted)}
              {figure(one.kept)}
            </tr>
          ))}
        </tbody>
      </table>
      {reasons.length > 0 && (
        <div>
          <p class="muted">{t('privacy.because')}</p>
          <ul class="erase-reasons">
            {reasons.map(one => (
              <li key={one}>{becauseWords(one)}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}
