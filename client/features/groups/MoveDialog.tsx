// Asks which group of the set somebody goes into; full ones say so. A choice from a list, so that it works with a
// hundred groups, by keyboard and on a phone. Mounted while it is open.
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import type { CoursePerson } from '#protocol/courses/people.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { Group, GroupSet } from '#protocol/groups.ts'
import { countWords } from './GroupCard.tsx'
import { movePerson } from './store.ts'

export interface Moving {
  readonly person: CoursePerson
  readonly from: Group | undefined
}

interface MoveDialogProps {
  readonly courseId: CourseId
  readonly moving: Moving
  readonly set: GroupSet | undefined
  readonly groups: readonly Group[]
  readonly onClose: () => void
}

export function MoveDialog({ courseId, moving, set, groups, onClose }: MoveDialogProps) {
  const { person, from } = moving
  const most = set?.most ?? null
  const full = (group: Group) => most !== null && group.members >= most
  const others = groups.filter(one => one.id !== from?.id)
  const [chosen, setChosen] = useState<string>(others.find(one => !full(one))?.id ?? '')
  const [busy, setBusy] = useState(false)
  const into = others.find(one => one.id === chosen)
  const send = async () => {
    if (!into) return
    setBusy(true)
    if (await movePerson(courseId, { person, from, into })) onClose()
    setBusy(false)
  }
  return (
    <Dialog open onClose={onClose} title={t('groups.moveTitle', { name: person.name })}>
      <Form onSubmit={() => void send()}>
        <Field
          type="select"
          name="group"
          label={t('groups.moveTo')}
          value={chosen}
          onValue={setChosen}
          autoFocus
          options={others.map(one => ({
            value: one.id,
            label: `${one.name} (${full(one) ? t('groups.full') : countWords(one, most)})`,
            disabled: full(one),
          }))}
        />
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy} disabled={!into}>
            {t('groups.moveAct')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
