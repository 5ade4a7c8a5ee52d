// Adds a text page to a module: a title, then straight to writing.
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { pathTo } from '#client/app/paths.ts'
import type { ItemAdderProps } from '#client/features/courses/registry.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import { createPage } from './store.ts'

export function NewPageDialog({ courseId, moduleId, onClose }: ItemAdderProps) {
  const { route: go } = useLocation()
  const [title, setTitle] = useState('')
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<readonly FormError[]>([])

  const send = async () => {
    if (title.trim() === '') {
      setErrors([{ name: 'title', message: t('content.titleMissing') }])
      return
    }
    setErrors([])
    setBusy(true)
    try {
      const { page } = await createPage({ courseId, moduleId, title })
      onClose()
      go(pathTo('page', { courseId, pageId: page.id }, { edit: 1 }))
    } catch (error) {
      setErrors([{ name: 'title', message: problemWords(error) }])
      setBusy(false)
    }
  }

  return (
    <Dialog open onClose={onClose} title={t('content.newPage')}>
      <Form onSubmit={send} errors={errors}>
        <Field
          name="title"
          label={t('content.newPageTitle')}
          hint={t('content.newPageHint')}
          value={title}
          onValue={setTitle}
          error={errors[0]?.message}
          maxLength={200}
          autoFocus
        />
        <div class="form-actions">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('content.create')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
