// How a column is worked out: what taking part and being right are worth, how many points, which of two answers counts,
// what catching up is worth. Used where a class is started, where homework is given and where the column is set.
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { RadioGroup } from '#client/ui/Choice.tsx'
import { Field } from '#client/ui/Field.tsx'
import type { GradeItem } from '#protocol/grades.ts'
import './Grades.css'

/** The rules while they are written: the points as typed. */
export type Rules = Pick<GradeItem, 'points' | 'participation' | 'policy' | 'catchUp'>

export const usualRules: Rules = { points: '10', participation: 50, policy: 'better', catchUp: 100 }

/** The points as the wire has them; undefined for what is no number. */
export function pointsOf({ points }: Rules): string | undefined {
  const written = points.trim().replace(',', '.')
  return /^\d{1,9}(\.\d{1,4})?$/.test(written) ? written : undefined
}

/** The rules as the wire has them. */
export const rulesToSend = (rules: Rules, points: string) => ({
  points,
  participation: rules.participation,
  correctness: 100 - rules.participation,
  policy: rules.policy,
  catchUp: rules.catchUp,
})

/** The rules in a sentence. */
export function rulesWords({ points, participation }: Pick<Rules, 'points' | 'participation'>): string {
  const given = { points: String(Number(points) || points) }
  if (participation === 100) return t('grades.rulesTaking', given)
  if (participation === 0) return t('grades.rulesRight', given)
  if (participation === 50) return t('grades.rulesHalf', given)
  return t('grades.rules', { ...given, participation, correctness: 100 - participation })
}

export type RulesFieldsProps = {
  readonly rules: Rules
  readonly onRules: (rules: Rules) => void
  readonly pointsError?: string | undefined
  /** Whether a class and homework may meet in the column. */
  readonly both: boolean
}

const credits = [100, 75, 50, 25, 0]

/** The fields. */
export function RulesFields({ rules, onRules, pointsError, both }: RulesFieldsProps) {
  const { participation, catchUp } = rules
  const known = credits.includes(catchUp) ? credits : [...credits, catchUp].sort((a, b) => b - a)
  return (
    <div class="stack">
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
          onInput={event => onRules({ ...rules, participation: Number(event.currentTarget.value) })}
        />
        <p class="field-hint">{t('grades.weightsHint')}</p>
      </div>
      <Field
        name="points"
        label={t('grades.points')}
        inputMode="decimal"
        value={rules.points}
        onValue={points => onRules({ ...rules, points })}
        error={pointsError}
      />
      {both && (
        <>
          <RadioGroup
            label={t('grades.policy')}
            name="policy"
            value={rules.policy}
            options={[
              { value: 'better', label: t('grades.policyBetter') },
              { value: 'live', label: t('grades.policyLive') },
              { value: 'homework', label: t('grades.policyHomework') },
            ]}
            onValue={policy => onRules({ ...rules, policy })}
          />
          <Field
            type="select"
            name="catchUp"
            label={t('grades.catchUp')}
            value={String(catchUp)}
            options={known.map(one => ({
              value: String(one),
              label:
                one === 100
                  ? t('grades.catchUpFull')
                  : one === 0
                    ? t('grades.catchUpNothing')
                    : t('grades.catchUpPercent', { count: one }),
            }))}
            onValue={value => onRules({ ...rules, catchUp: Number(value) })}
          />
        </>
      )}
    </div>
  )
}

export type RulesLineProps = RulesFieldsProps & {
  /** What is said and changed beside them: a sentence, and its fields. */
  readonly words?: string | undefined
  readonly children?: ComponentChildren
}

/** The rules in a sentence, and the fields once somebody wants to change them. */
export function RulesLine({ words, children, ...props }: RulesLineProps) {
  const [open, setOpen] = useState(false)
  return (
    <div class="rules-line">
      <div class="rules-words">
        <p>
          {rulesWords(props.rules)} {words}
        </p>
        {!open && (
          <Button size="small" kind="quiet" onClick={() => setOpen(true)}>
            {t('grades.change')}
          </Button>
        )}
      </div>
      {(open || props.pointsError) && (
        <>
          <RulesFields {...props} />
          {children}
        </>
      )}
    </div>
  )
}
