// How often homework may be taken and which attempt counts: the fields, and the same in a sentence. Used where homework is given,
// where that is changed, and where a course says what holds in it.
import { t } from '#client/platform/texts.ts'
import { RadioGroup } from '#client/ui/Choice.tsx'
import { Field } from '#client/ui/Field.tsx'
import { type AttemptsRule, mostAttempts } from '#protocol/activities/attempts.ts'

const any = 'any'
const offered = [1, 2, 3, 4, 5, 6, 8, 10, 15, mostAttempts]

const sentences = {
  best: { most: 'attempts.mostBest', any: 'attempts.anyBest' },
  last: { most: 'attempts.mostLast', any: 'attempts.anyLast' },
  first: { most: 'attempts.mostFirst', any: 'attempts.anyFirst' },
} as const

/** The rule in a sentence. */
export function attemptsWords({ most, counts }: AttemptsRule): string {
  if (most === 1) return t('attempts.onceBest')
  return most === null ? t(sentences[counts].any) : t(sentences[counts].most, { count: most })
}

export type AttemptsFieldsProps = {
  readonly rule: AttemptsRule
  readonly onRule: (rule: AttemptsRule) => void
  /** Nobody can begin another any more. */
  readonly over?: boolean | undefined
  /** Which one counts is asked also where one is allowed: somebody has had more. */
  readonly several?: boolean | undefined
}

/** The fields, in a form. */
export function AttemptsFields({ rule, onRule, over = false, several = false }: AttemptsFieldsProps) {
  const { most, counts } = rule
  const numbers = most === null || offered.includes(most) ? offered : [...offered, most].sort((a, b) => a - b)
  return (
    <>
      {!over && (
        <Field
          type="select"
          name="attempts"
          label={t('attempts.most')}
          hint={most === 1 ? undefined : t('attempts.setHint')}
          value={most === null ? any : String(most)}
          options={[
            ...numbers.map(count => ({ value: String(count), label: t('attempts.mostCount', { count }) })),
            { value: any, label: t('attempts.mostAny') },
          ]}
          onValue={value => onRule({ ...rule, most: value === any ? null : Number(value) })}
        />
      )}
      {(most !== 1 || several || over) && (
        <RadioGroup
          label={t('attempts.which')}
          name="counts"
          value={counts}
          options={[
            { value: 'best', label: t('attempts.best'), hint: t('attempts.bestHint') },
            { value: 'last', label: t('attempts.last'), hint: t('attempts.lastHint') },
            { value: 'first', label: t('attempts.first'), hint: t('attempts.firstHint') },
          ]}
          onValue={next => onRule({ ...rule, counts: next })}
        />
      )}
    </>
  )
}
