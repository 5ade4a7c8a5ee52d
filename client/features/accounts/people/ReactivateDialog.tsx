// Lets somebody in again who was suspended, and asks whether the old password may let in as well: who has stolen an account
// knows it.
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import type { SitePerson } from '#protocol/accounts/people.ts'
import { type Acts, letInNow } from './acts.ts'

interface ReactivateDialogProps {
  readonly person: SitePerson
  readonly acts: Acts
  readonly onClose: () => void
  readonly onDone: () => void
}

export function ReactivateDialog({ person, acts, onClose, onDone }: ReactivateDialogProps) {
  const [ends, setEnds] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const { name } = person
  const letIn = async () => {
    if (busy) return
    setBusy(true)
    try {
      await letInNow(acts, person, ends ? 'ends' : 'stays')
      onDone()
      // Without the old password they need the link, and it is for whoever let them in to hand over.
      if (ends && person.email !== null) acts.onDoing({ what: 'link', person: { ...person, state: 'waiting' } })
    } catch (error) {
      setProblem(problemWords(error))
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title={t('people.reactivateSure', { name })}>
      <Form onSubmit={() => void letIn()} problem={problem}>
        <p>{t('people.reactivateThen', { name })}</p>
        {person.kind === 'member' && (
          <Checkbox
            name="endPassword"
            label={t('people.endPassword')}
            hint={t('people.endPasswordHint')}
            checked={ends}
            onChecked={setEnds}
          />
        )}
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('people.reactivate')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
