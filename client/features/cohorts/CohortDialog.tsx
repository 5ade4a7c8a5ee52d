// Names a cohort and says what it is for and who finds it.
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import type { Cohort } from '#protocol/cohorts.ts'
import { changeCohort, createCohort } from './store.ts'

interface CohortDialogProps {
  readonly onClose: () => void
  readonly onDone: () => void
  /** The one to change; without it one is added. */
  readonly cohort?: Cohort | undefined
}

export function CohortDialog({ cohort, onClose, onDone }: CohortDialogProps) {
  const [name, setName] = useState(cohort?.name ?? '')
  const [description, setDescription] = useState(cohort?.description ?? '')
  const [offered, setOffered] = useState(cohort?.offered ?? true)
  const [missing, setMissing] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)

  const send = async () => {
    setProblem(undefined)
    setMissing(name.trim() === '')
    if (busy || name.trim() === '') return
    setBusy(true)
    try {
      const words = { name, description, offered }
      if (cohort) await changeCohort({ cohortId: cohort.id, version: cohort.version, ...words })
      else await createCohort(words)
      onDone()
      onClose()
    } catch (error) {
      setProblem(problemWords(error))
    } finally {
      setBusy(false)
    }
  }
  const error = missing ? t('cohorts.nameMissing') : undefined

  return (
    <Dialog open onClose={onClose} title={cohort ? t('cohorts.edit') : t('cohorts.add')}>
      <Form onSubmit={() => void send()} errors={error ? [{ name: 'name', message: error }] : []} problem={problem}>
        <Field
          name="name"
          label={t('cohorts.name')}
          value={name}
          onValue={setName}
          error={error}
          maxLength={120}
          required
          autoFocus
        />
        <Field
          type="textarea"
          name="description"
          label={t('cohorts.description')}
          value={description}
          onValue={setDescription}
          maxLength={500}
          rows={2}
          optional
        />
        <Checkbox
          name="offered"
          label={t('cohorts.offered')}
          hint={t('cohorts.offeredHint')}
          checked={offered}
          onChecked={setOffered}
        />
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {cohort ? t('cohorts.save') : t('cohorts.add')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
