// Brings people into a cohort by their addresses, and says of which there is nobody.
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import type { Output } from '#protocol/base/call.ts'
import { type Cohort, type cohortRoutes, mostAddresses } from '#protocol/cohorts.ts'
import { readAddresses } from './addresses.ts'
import { addPeople } from './store.ts'

interface AddPeopleDialogProps {
  readonly cohort: Cohort
  readonly onClose: () => void
  readonly onDone: () => void
}

export function AddPeopleDialog({ cohort, onClose, onDone }: AddPeopleDialogProps) {
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState<Output<typeof cohortRoutes.addPeople>>()

  const send = async () => {
    setProblem(undefined)
    const { emails, wrong } = readAddresses(typed)
    const mistake =
      wrong !== undefined
        ? t('cohorts.addressWrong', { address: wrong })
        : emails.length === 0
          ? t('cohorts.addressesMissing')
          : emails.length > mostAddresses
            ? t('cohorts.addressesTooMany', { count: emails.length })
            : undefined
    setError(mistake)
    if (busy || mistake !== undefined) return
    setBusy(true)
    try {
      setDone(await addPeople({ cohortId: cohort.id, emails: [...emails] }))
      onDone()
    } catch (refused) {
      setProblem(problemWords(refused))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog open onClose={onClose} title={t('cohorts.addPeople')}>
      {done ? (
        <div class="stack" role="status">
          <p>
            {t('cohorts.added', { count: done.came.length })}{' '}
            {done.wereIn > 0 && t('cohorts.addedWereIn', { count: done.wereIn })}{' '}
            {done.came.length > 0 && cohort.courses > 0 && t('cohorts.addedCourses')}
          </p>
          {done.unknown.length > 0 && (
            <div class="stack">
              <p>{t('cohorts.addedUnknown', { count: done.unknown.length })}</p>
              <ul class="cohort-unknown">
                {done.unknown.map(one => (
                  <li key={one}>{one}</li>
                ))}
              </ul>
            </div>
          )}
          <FormActions>
            <Button kind="primary" onClick={onClose}>
              {t('cohorts.close')}
            </Button>
          </FormActions>
        </div>
      ) : (
        <Form
          onSubmit={() => void send()}
          errors={error ? [{ name: 'addresses', message: error }] : []}
          problem={problem}
        >
          <Field
            type="textarea"
            name="addresses"
            label={t('cohorts.addresses')}
            hint={t('cohorts.addressesHint')}
            value={typed}
            onValue={setTyped}
            error={error}
            rows={6}
            autoFocus
          />
          <FormActions>
            <Button onClick={onClose}>{t('ui.cancel')}</Button>
            <Button kind="primary" type="submit" busy={busy}>
              {t('cohorts.addPeople')}
            </Button>
          </FormActions>
        </Form>
      )}
    </Dialog>
  )
}
