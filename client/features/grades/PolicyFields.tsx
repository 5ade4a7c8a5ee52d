// The fields of a late policy: what late work costs, and what nothing handed in counts as. Used for the course and for one
// assignment of it.
import { t } from '#client/platform/texts.ts'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Field } from '#client/ui/Field.tsx'
import type { FormError } from '#client/ui/Form.tsx'
import { type LatePolicy, longestGrace } from '#protocol/grades/late.ts'
import './Grading.css'

/** A policy while it is written: figures as typed. */
export interface TypedPolicy {
  readonly takes: boolean
  readonly percent: string
  readonly per: 'hour' | 'day'
  readonly floor: string
  readonly grace: string
  readonly counts: boolean
  readonly missing: string
}

export const typedPolicy = ({ late, missing }: LatePolicy): TypedPolicy => ({
  takes: late !== null,
  percent: late?.percent ?? '10',
  per: late?.per ?? 'day',
  floor: late?.floor ?? '0',
  grace: String(late?.graceMinutes ?? 0),
  counts: missing !== null,
  missing: missing ?? '0',
})

/** A percentage as it travels; undefined for what is none. */
export function percentFrom(typed: string): string | undefined {
  const written = typed.trim().replace(',', '.')
  return /^\d{1,3}(\.\d{1,2})?$/.test(written) && Number(written) <= 100 ? written : undefined
}

/** What was typed as it travels, or what is wrong with it. */
export function policyFrom(typed: TypedPolicy): LatePolicy | readonly FormError[] {
  const wrong: FormError[] = []
  const percent = percentFrom(typed.percent)
  const floor = percentFrom(typed.floor)
  const missing = percentFrom(typed.missing)
  const grace = /^\d{1,5}$/.test(typed.grace.trim()) ? Number(typed.grace) : longestGrace + 1
  if (typed.takes && !Number(percent)) wrong.push({ name: 'percent', message: t('grading.takesPercentWrong') })
  if (typed.takes && floor === undefined) wrong.push({ name: 'floor', message: t('grading.percentWrong') })
  if (typed.takes && grace > longestGrace) wrong.push({ name: 'grace', message: t('grading.graceWrong') })
  if (typed.counts && missing === undefined) wrong.push({ name: 'missing', message: t('grading.percentWrong') })
  if (wrong.length > 0) return wrong
  return {
    late:
      typed.takes && percent !== undefined && floor !== undefined
        ? { percent, per: typed.per, floor, graceMinutes: grace }
        : null,
    missing: typed.counts && missing !== undefined ? missing : null,
  }
}

export type PolicyFieldsProps = {
  readonly typed: TypedPolicy
  readonly onTyped: (part: Partial<TypedPolicy>) => void
  readonly errors: readonly FormError[]
}

/** The fields, in a form. */
export function PolicyFields({ typed, onTyped, errors }: PolicyFieldsProps) {
  const errorOf = (name: string) => errors.find(one => one.name === name)?.message
  return (
    <>
      <Checkbox label={t('grading.takesOff')} checked={typed.takes} onChecked={takes => onTyped({ takes })} />
      {typed.takes && (
        <div class="policy-fields">
          <Field
            name="percent"
            label={t('grading.takesPercent')}
            inputMode="decimal"
            maxLength={6}
            value={typed.percent}
            onValue={percent => onTyped({ percent })}
            error={errorOf('percent')}
          />
          <Field
            type="select"
            name="per"
            label={t('grading.per')}
            value={typed.per}
            onValue={per => onTyped({ per: per === 'hour' ? 'hour' : 'day' })}
            options={[
              { value: 'hour', label: t('grading.perHour') },
              { value: 'day', label: t('grading.perDay') },
            ]}
          />
          <Field
            name="floor"
            label={t('grading.floor')}
            hint={t('grading.floorHint')}
            inputMode="decimal"
            maxLength={6}
            value={typed.floor}
            onValue={floor => onTyped({ floor })}
            error={errorOf('floor')}
          />
          <Field
            name="grace"
            label={t('grading.grace')}
            hint={t('grading.graceHint')}
            inputMode="numeric"
            maxLength={5}
            value={typed.grace}
            onValue={grace => onTyped({ grace })}
            error={errorOf('grace')}
          />
        </div>
      )}
      <Checkbox
        label={t('grading.missingCounts')}
        hint={t('grading.missingHint')}
        checked={typed.counts}
        onChecked={counts => onTyped({ counts })}
      />
      {typed.counts && (
        <div class="policy-fields">
          <Field
            name="missing"
            label={t('grading.missingPercent')}
            inputMode="decimal"
            maxLength={6}
            value={typed.missing}
            onValue={missing => onTyped({ missing })}
            error={errorOf('missing')}
          />
        </div>
      )}
    </>
  )
}
