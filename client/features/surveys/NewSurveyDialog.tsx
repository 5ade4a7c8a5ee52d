// Adds a survey to a module, as a draft, and goes on to its questions.
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { pathTo } from '#client/app/paths.ts'
import type { ItemAdderProps } from '#client/features/courses/registry.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import { NamesField } from './NamesField.tsx'
import { createSurvey } from './store.ts'

export function NewSurveyDialog({ courseId, moduleId, onClose }: ItemAdderProps) {
  const { route: go } = useLocation()
  const [title, setTitle] = useState('')
  const [anonymous, setAnonymous] = useState(true)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)

  const send = async () => {
    setProblem(undefined)
    if (title.trim() === '') return setErrors([{ name: 'title', message: t('surveys.titleMissing') }])
    setErrors([])
    setBusy(true)
    try {
      const shown = anonymous ? {} : { minShown: 1 }
      const { survey } = await createSurvey({ courseId, moduleId, title, anonymous, ...shown })
      onClose()
      go(pathTo('survey', { courseId, surveyId: survey.id }, { edit: 1 }))
    } catch (error) {
      setProblem(problemWords(error))
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title={t('surveys.newSurvey')}>
      <Form onSubmit={() => void send()} errors={errors} problem={problem}>
        <Field
          name="title"
          label={t('surveys.title')}
          value={title}
          onValue={setTitle}
          error={errors[0]?.message}
          maxLength={200}
          autoFocus
        />
        <NamesField anonymous={anonymous} onAnonymous={setAnonymous} />
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('surveys.create')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
