// Makes a set of groups, or changes what one asks of its groups. Mounted while it is open.
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox, RadioGroup } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import type { CourseId } from '#protocol/courses.ts'
import { type GroupSet, groupName, mostMoved, type SignUp } from '#protocol/groups.ts'
import { numberedNames, wholeIn } from './CountDialog.tsx'
import { changeSet, createSet } from './store.ts'

interface SetDialogProps {
  readonly courseId: CourseId
  /** Without one, one is made. */
  readonly set?: GroupSet | undefined
  readonly onClose: () => void
  readonly onMade?: ((set: GroupSet) => void) | undefined
}

export function SetDialog({ courseId, set, onClose, onMade }: SetDialogProps) {
  const [name, setName] = useState(set?.name ?? '')
  const [signUp, setSignUp] = useState<SignUp>(set?.signUp ?? 'staff')
  const [most, setMost] = useState(set?.most?.toString() ?? '')
  const [within, setWithin] = useState(set?.withinSections ?? false)
  const [count, setCount] = useState('5')
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const errorAt = (field: string) => errors.find(one => one.name === field)?.message

  const send = async () => {
    const limit = most.trim() === '' ? null : wholeIn(most, 1, mostMoved)
    const wanted = set ? 0 : wholeIn(count, 0, 100)
    const wrong: FormError[] = []
    if (!groupName.safeParse(name).success) wrong.push({ name: 'name', message: t('groups.nameMissing') })
    if (wanted === undefined) wrong.push({ name: 'count', message: t('groups.howManyOrNone') })
    if (limit === undefined) wrong.push({ name: 'most', message: t('groups.mostWrong') })
    setErrors(wrong)
    if (wrong.length > 0 || limit === undefined || wanted === undefined) return
    setBusy(true)
    try {
      const words = { courseId, name, signUp, most: limit, withinSections: within }
      if (set) await changeSet({ ...words, setId: set.id, version: set.version })
      else onMade?.((await createSet({ ...words, groups: numberedNames('group', wanted, []) })).set)
      onClose()
    } catch (problem) {
      setErrors([{ name: 'name', message: problemWords(problem) }])
      setBusy(false)
    }
  }

  return (
    <Dialog open onClose={onClose} title={set ? t('groups.settings') : t('groups.newSet')}>
      <Form onSubmit={() => void send()} errors={errors}>
        <Field
          name="name"
          label={t('groups.setName')}
          hint={t('groups.setNameHint')}
          value={name}
          onValue={setName}
          error={errorAt('name')}
          maxLength={100}
          autoFocus
        />
        {!set && (
          <Field
            name="count"
            inputMode="numeric"
            label={t('groups.howMany')}
            hint={t('groups.howManyHint')}
            value={count}
            onValue={setCount}
            error={errorAt('count')}
          />
        )}
        <RadioGroup
          label={t('groups.signUp')}
          name="signUp"
          value={signUp}
          onValue={setSignUp}
          options={[
            { value: 'staff', label: t('groups.byStaff'), hint: t('groups.byStaffHint') },
            { value: 'learners', label: t('groups.byLearners'), hint: t('groups.byLearnersHint') },
          ]}
        />
        <Field
          name="most"
          inputMode="numeric"
          label={t('groups.most')}
          hint={t('groups.mostHint')}
          value={most}
          onValue={setMost}
          error={errorAt('most')}
          optional
        />
        <Checkbox label={t('groups.within')} hint={t('groups.withinHint')} checked={within} onChecked={setWithin} />
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {set ? t('groups.save') : t('groups.create')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
