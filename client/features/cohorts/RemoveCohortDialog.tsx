// Asks before a cohort is removed: who was in it is known nowhere else.
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { Cohort } from '#protocol/cohorts.ts'
import { removeCohort } from './store.ts'

interface RemoveCohortDialogProps {
  readonly cohort: Cohort
  readonly onClose: () => void
  readonly onDone: () => void
}

export function RemoveCohortDialog({ cohort, onClose, onDone }: RemoveCohortDialogProps) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const { name, people } = cohort
  const remove = async () => {
    if (busy) return
    setBusy(true)
    try {
      await removeCohort(cohort)
      showToast({ text: t('cohorts.removed', { name }) })
      onClose()
      onDone()
    } catch (error) {
      setProblem(problemWords(error))
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title={t('cohorts.removeSure', { name })}>
      <Form onSubmit={() => void remove()} problem={problem}>
        <p>{t('cohorts.removeLead', { count: people })}</p>
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="danger" type="submit" busy={busy}>
            {t('cohorts.remove')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
