// Adds a heading to a module, as a draft, or renames one. One field.
import { useState } from 'preact/hooks'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { CourseItem } from '#protocol/courses.ts'
import type { ItemAdderProps } from './registry.ts'
import { addHeading, changeHeading } from './store.ts'

interface HeadingDialogProps {
  readonly courseId: string
  /** The heading to rename; without it one is added. */
  readonly heading?: CourseItem | undefined
  readonly moduleId?: string | null | undefined
  readonly onClose: () => void
}

/** For the menu of what can be added. */
export const NewHeadingDialog = (props: ItemAdderProps) => <HeadingDialog {...props} />

export function HeadingDialog({ courseId, heading, moduleId = null, onClose }: HeadingDialogProps) {
  const [title, setTitle] = useState(heading?.title ?? '')
  const [version, setVersion] = useState(heading?.version ?? 0)
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<readonly FormError[]>([])

  const send = async () => {
    if (title.trim() === '') {
      setErrors([{ name: 'title', message: t('courses.headingMissing') }])
      return
    }
    setErrors([])
    setBusy(true)
    try {
      if (heading) await changeHeading({ courseId, itemId: heading.id, version, title })
      else await addHeading({ courseId, moduleId, title })
      onClose()
      if (!heading) showToast({ text: t('courses.headingAdded', { title }) })
    } catch (error) {
      if (error instanceof ClientProblem && error.code === 'conflict') {
        const current = error.params.current as CourseItem
        setVersion(current.version)
        setErrors([{ name: 'title', message: t('courses.headingConflict', { title: current.title }) }])
      } else setErrors([{ name: 'title', message: problemWords(error) }])
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog open onClose={onClose} title={heading ? t('courses.renameHeading') : t('courses.addHeading')}>
      <Form onSubmit={send} errors={errors}>
        <Field
          name="title"
          label={t('courses.headingTitle')}
          hint={t('courses.headingHint')}
          value={title}
          onValue={setTitle}
          error={errors[0]?.message}
          maxLength={200}
          autoFocus
        />
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {heading ? t('courses.save') : t('courses.addHeading')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
