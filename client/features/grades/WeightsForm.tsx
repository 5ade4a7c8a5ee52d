// How a column is worked out, in a dialog of the gradebook.
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import type { GradeItem } from '#protocol/grades.ts'
import { pointsOf, type Rules, RulesFields, rulesToSend } from './RulesFields.tsx'

export type Weights = Pick<GradeItem, 'title' | 'points' | 'participation' | 'correctness' | 'policy' | 'catchUp'>

export type WeightsFormProps = {
  readonly item: GradeItem
  readonly busy: boolean
  readonly problem?: string | undefined
  readonly onSave: (weights: Partial<Weights>) => void
  readonly onCancel: () => void
}

/** The form in the dialog. */
export function WeightsForm({ item, busy, problem, onSave, onCancel }: WeightsFormProps) {
  const [title, setTitle] = useState(item.title)
  const [rules, setRules] = useState<Rules>({ ...item, points: String(Number(item.points)) })
  const [errors, setErrors] = useState<readonly FormError[]>([])

  const save = () => {
    const points = pointsOf(rules)
    const found: FormError[] = []
    if (title.trim() === '') found.push({ name: 'title', message: t('activities.writeTitle') })
    if (points === undefined) found.push({ name: 'points', message: t('grades.pointsWrong') })
    setErrors(found)
    if (points === undefined || found.length > 0) return
    onSave({ title: title.trim(), ...(item.marked ? {} : rulesToSend(rules, points)) })
  }
  const errorOf = (name: string) => errors.find(one => one.name === name)?.message

  return (
    <Form onSubmit={save} errors={errors} problem={problem}>
      <Field name="title" label={t('activities.title')} value={title} onValue={setTitle} error={errorOf('title')} />
      {item.marked ? (
        <p class="muted">{t('grades.renameLead')}</p>
      ) : (
        <RulesFields rules={rules} onRules={setRules} pointsError={errorOf('points')} both />
      )}
      <FormActions>
        <Button kind="quiet" onClick={onCancel}>
          {t('ui.cancel')}
        </Button>
        <Button kind="primary" type="submit" busy={busy}>
          {t('grades.save')}
        </Button>
      </FormActions>
    </Form>
  )
}
