// Asks which module the chosen items go to. Mounted while it is open.
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import type { CourseItem } from '#protocol/courses.ts'
import type { Chosen } from './many.ts'
import { moveMany } from './nest-acts.ts'

interface MoveManyProps {
  readonly chosen: Chosen
  readonly all: Chosen
  /** The modules, whole: what stands below a chosen item comes along. */
  readonly orders: readonly (readonly CourseItem[])[]
  readonly onClose: () => void
  readonly onAct: (run: () => Promise<boolean>) => Promise<void>
}

export function MoveManyDialog({ chosen, all, orders, onClose, onAct }: MoveManyProps) {
  const [into, setInto] = useState('')
  const module = all.modules.find(one => one.id === into)
  const send = () => {
    onClose()
    void onAct(() => moveMany(chosen, orders, module?.id ?? null))
  }
  return (
    <Dialog open onClose={onClose} title={t('courses.manyMoveTitle', { count: chosen.items.length })}>
      <Form onSubmit={send}>
        <Field
          type="select"
          name="module"
          label={t('courses.manyInto')}
          value={into}
          onValue={setInto}
          autoFocus
          options={[
            { value: '', label: t('courses.unsorted') },
            ...all.modules.map(one => ({ value: one.id, label: one.title })),
          ]}
        />
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit">
            {t('courses.manyMoveAct')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
