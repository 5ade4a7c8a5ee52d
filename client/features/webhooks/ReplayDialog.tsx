// Sends many messages again: those that did not arrive or all of them, since a moment.
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { RadioGroup } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { EndpointId } from '#protocol/webhooks.ts'
import { replayMessages } from './store.ts'

const spans = [
  { hours: 1, text: 'webhooks.replayHour' },
  { hours: 24, text: 'webhooks.replayDay' },
  { hours: 7 * 24, text: 'webhooks.replayWeek' },
  { hours: 30 * 24, text: 'webhooks.replayMonth' },
] as const

interface ReplayDialogProps {
  readonly endpointId: EndpointId
  readonly onClose: () => void
}

/** Open while it is mounted. */
export function ReplayDialog({ endpointId, onClose }: ReplayDialogProps) {
  const [what, setWhat] = useState<'missed' | 'everything'>('missed')
  const [hours, setHours] = useState(24)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const send = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      const since = new Date(Date.now() - hours * 3_600_000).toISOString()
      const { count } = await replayMessages({ endpointId, what, since })
      onClose()
      showToast({ text: t('webhooks.replayed', { count }) })
    } catch (error) {
      setProblem(problemWords(error))
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title={t('webhooks.replayTitle')}>
      <Form onSubmit={() => void send()} problem={problem}>
        <p class="muted">{t('webhooks.replayLead')}</p>
        <RadioGroup
          label={t('webhooks.replayWhat')}
          name="what"
          value={what}
          onValue={setWhat}
          options={[
            { value: 'missed', label: t('webhooks.replayMissed') },
            { value: 'everything', label: t('webhooks.replayEverything') },
          ]}
        />
        <Field
          type="select"
          name="since"
          label={t('webhooks.replaySince')}
          value={String(hours)}
          onValue={value => setHours(Number(value))}
          options={spans.map(one => ({ value: String(one.hours), label: t(one.text) }))}
        />
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('webhooks.replay')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
