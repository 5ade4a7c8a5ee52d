// Begins a survey anew: says how many answers would go, and asks for its title, because nothing brings them back.
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { Survey } from '#protocol/surveys.ts'
import { clearSurvey } from './store.ts'

interface ClearDialogProps {
  readonly survey: Survey
  readonly count: number
  readonly onClose: () => void
}

export function ClearDialog({ survey: { id: surveyId, courseId, title }, count, onClose }: ClearDialogProps) {
  const [typed, setTyped] = useState('')
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [busy, setBusy] = useState(false)
  const clear = async () => {
    if (typed.trim() !== title.trim()) return setErrors([{ name: 'title', message: t('surveys.clearOther') }])
    setBusy(true)
    try {
      await clearSurvey({ courseId, surveyId }, typed)
      showToast({ text: t('surveys.cleared', { title }) })
      onClose()
    } catch (error) {
      setErrors([{ name: 'title', message: problemWords(error) }])
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title={t('surveys.clearTitle', { title })}>
      <Form onSubmit={() => void clear()} errors={errors}>
        <Banner tone="warn" title={t('surveys.clearForGood')}>
          {t('surveys.clearLead', { count })}
        </Banner>
        <Field
          name="title"
          label={t('surveys.clearType', { title })}
          value={typed}
          onValue={setTyped}
          autocomplete="off"
          error={errors[0]?.message}
        />
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" kind="danger" busy={busy}>
            {t('surveys.clearAct')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
