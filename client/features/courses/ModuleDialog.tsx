// Names a new module, or renames one. One field.
import { useState } from 'preact/hooks'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import type { CourseModule } from '#protocol/courses.ts'
import { changeModule, createModule } from './store.ts'

export interface ModuleDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly courseId: string
  /** The module to rename; without it one is added. */
  readonly module?: CourseModule | undefined
}

export function ModuleDialog({ open, onClose, courseId, module }: ModuleDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={module ? t('courses.renameTitle') : t('courses.addModule')}>
      <ModuleForm onClose={onClose} courseId={courseId} module={module} />
    </Dialog>
  )
}

function ModuleForm({ onClose, courseId, module }: Omit<ModuleDialogProps, 'open'>) {
  const [title, setTitle] = useState(module?.title ?? '')
  const [version, setVersion] = useState(module?.version ?? 0)
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<readonly FormError[]>([])

  const send = async () => {
    if (title.trim() === '') {
      setErrors([{ name: 'title', message: t('courses.moduleTitleMissing') }])
      return
    }
    setErrors([])
    setBusy(true)
    try {
      if (module) await changeModule({ courseId, moduleId: module.id, version, title })
      else await createModule({ courseId, title })
      onClose()
    } catch (error) {
      if (error instanceof ClientProblem && error.code === 'conflict') {
        const current = error.params.current as CourseModule
        setVersion(current.version)
        setErrors([{ name: 'title', message: t('courses.moduleConflict', { title: current.title }) }])
      } else setErrors([{ name: 'title', message: problemWords(error) }])
    } finally {
      setBusy(false)
    }
  }

  return (
    <Form onSubmit={send} errors={errors}>
      <Field
        name="title"
        label={t('courses.moduleTitle')}
        hint={t('courses.moduleTitleHint')}
        value={title}
        onValue={setTitle}
        error={errors[0]?.message}
        maxLength={200}
        autoFocus
      />
      <div class="form-actions">
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button kind="primary" type="submit" busy={busy}>
          {module ? t('courses.save') : t('courses.addModule')}
        </Button>
      </div>
    </Form>
  )
}
