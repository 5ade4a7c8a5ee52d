// How a column is worked out: what taking part and being right are worth, how many points, which of two answers counts.
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { RadioGroup } from '#client/ui/Choice.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import type { GradeItem } from '#protocol/grades.ts'

export type Weights = Pick<GradeItem, 'title' | 'points' | 'participation' | 'correctness' | 'policy'>

export type WeightsFormProps = {
  readonly item: GradeItem
  readonly busy: boolean
  readonly problem?: string | undefined
  readonly onSave: (weights: Weights) => void
  readonly onCancel: () => void
}

/** The form in the dialog. */
export function WeightsForm({ item, busy, problem, onSave, onCancel }: WeightsFormProps) {
  const [title, setTitle] = useState(item.title)
  const [points, setPoints] = useState(String(Number(item.points)))
  const [participation, setParticipation] = useState(item.participation)
  const [policy, setPolicy] = useState(item.policy)
  const [errors, setErrors] = useState<readonly FormError[]>([])

  const save = () => {
    const written = points.trim().replace(',', '.')
    const found: FormError[] = []
    if (title.trim() === '') found.push({ name: 'title', message: t('activities.writeTitle') })
    if (!/^\d{1,9}(\.\d{1,4})?$/.test(written)) found.push({ name: 'points', message: t('grades.pointsWrong') })
    setErrors(found)
    if (found.length > 0) return
    onSave({ title: title.trim(), points: written, participation, correctness: 100 - participation, policy })
  }
  const errorOf = (name: string) => errors.find(one => one.name === name)?.message

  return (
    <Form onSubmit={save} errors={errors} problem={problem}>
      <Field name="title" label={t('activities.title')} value={title} onValue={setTitle} error={errorOf('title')} />
      <div class="weights">
        <label class="field-label" for="weights-range">
          {t('grades.participation')}
        </label>
        <div class="weights-figures figures">
          <span>
            {t('grades.participation')} <strong>{t('grades.percent', { count: participation })}</strong>
          </span>
          <span>
            {t('grades.correctness')} <strong>{t('grades.percent', { count: 100 - participation })}</strong>
          </span>
        </div>
        <input
          id="weights-range"
          class="weights-range"
          type="range"
          min={0}
          max={100}
          step={5}
          value={participation}
          aria-valuetext={`${t('grades.participation')} ${participation} %, ${t('grades.correctness')} ${100 - participation} %`}
          onInput={event => setParticipation(Number(event.currentTarget.value))}
        />
        <p class="field-hint">{t('grades.weightsHint')}</p>
      </div>
      <Field
        name="points"
        label={t('grades.points')}
        inputMode="decimal"
        value={points}
        onValue={setPoints}
        error={errorOf('points')}
      />
      <RadioGroup
        label={t('grades.policy')}
        name="policy"
        value={policy}
        options={[
          { value: 'better', label: t('grades.policyBetter') },
          { value: 'live', label: t('grades.policyLive') },
          { value: 'homework', label: t('grades.policyHomework') },
        ]}
        onValue={setPolicy}
      />
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
