// Names a department and says what it stands below.
import { useState } from 'preact/hooks'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import type { Department, DepartmentId } from '#protocol/organisation.ts'
import { DepartmentField } from './PickFields.tsx'
import { changeDepartment, createDepartment } from './store.ts'

export interface DepartmentDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onDone: () => void
  /** The one to change; without it one is added. */
  readonly department?: Department | undefined
}

export function DepartmentDialog({ open, onClose, ...rest }: DepartmentDialogProps) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={rest.department ? t('organisation.editDepartment') : t('organisation.addDepartment')}
    >
      <DepartmentForm onClose={onClose} {...rest} />
    </Dialog>
  )
}

function DepartmentForm({ onClose, onDone, department }: Omit<DepartmentDialogProps, 'open'>) {
  const [name, setName] = useState(department?.name ?? '')
  const [parentId, setParentId] = useState<string>(department?.parentId ?? '')
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string>()
  // Nothing stands below itself.
  const offers = (one: Department) => !department || department.path.some((part, at) => one.path[at] !== part)

  const send = async () => {
    setProblem(undefined)
    setErrors([])
    if (name.trim() === '') {
      setErrors([{ name: 'name', message: t('organisation.nameMissing') }])
      return
    }
    const parent = parentId === '' ? null : (parentId as DepartmentId)
    setBusy(true)
    try {
      if (department)
        await changeDepartment({ departmentId: department.id, version: department.version, name, parentId: parent })
      else await createDepartment({ name, parentId: parent })
      onDone()
      onClose()
    } catch (error) {
      const field = error instanceof ClientProblem ? error.errors.find(one => one.path === 'parentId') : undefined
      if (field)
        setErrors([
          {
            name: 'parentId',
            message: field.code === 'cycle' ? t('organisation.belowItself') : t('organisation.tooDeep'),
          },
        ])
      else setProblem(problemWords(error))
    } finally {
      setBusy(false)
    }
  }

  const errorAt = (field: string) => errors.find(one => one.name === field)?.message
  return (
    <Form onSubmit={send} errors={errors} problem={problem}>
      <Field
        name="name"
        label={t('organisation.name')}
        value={name}
        onValue={setName}
        error={errorAt('name')}
        maxLength={120}
        required
        autoFocus
      />
      <DepartmentField
        name="parentId"
        label={t('organisation.below')}
        nothing={t('organisation.top')}
        hint={t('organisation.belowHint')}
        value={parentId}
        onValue={setParentId}
        error={errorAt('parentId')}
        offers={offers}
      />
      <div class="form-actions">
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button kind="primary" type="submit" busy={busy}>
          {department ? t('courses.save') : t('organisation.addDepartment')}
        </Button>
      </div>
    </Form>
  )
}
