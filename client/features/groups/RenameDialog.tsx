// Asks for another name of a group or section. Mounted while it is open.
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import type { CourseId } from '#protocol/courses.ts'
import { type Group, groupName } from '#protocol/groups.ts'
import { changeGroup } from './store.ts'

interface RenameDialogProps {
  readonly courseId: CourseId
  readonly group: Group
  readonly onClose: () => void
}

export function RenameDialog({ courseId, group, onClose }: RenameDialogProps) {
  const [name, setName] = useState(group.name)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const send = async () => {
    if (!groupName.safeParse(name).success) return setError(t('groups.nameMissing'))
    setBusy(true)
    try {
      await changeGroup({ courseId, groupId: group.id, version: group.version, name })
      onClose()
    } catch (problem) {
      setError(problemWords(problem))
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title={t('groups.renameTitle', { name: group.name })}>
      <Form onSubmit={() => void send()} errors={error === undefined ? [] : [{ name: 'name', message: error }]}>
        <Field
          name="name"
          label={t('groups.name')}
          value={name}
          onValue={setName}
          error={error}
          maxLength={100}
          autoFocus
        />
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('groups.rename')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
