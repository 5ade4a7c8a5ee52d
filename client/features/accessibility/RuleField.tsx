// Which kind of finding a report shows.
import { t } from '#client/platform/texts.ts'
import { Field } from '#client/ui/Field.tsx'
import { type FindingRule, findingRules } from '#protocol/accessibility/findings.ts'
import { ruleNamed, ruleWords } from './store.ts'

export interface RuleFieldProps {
  readonly rule: FindingRule | undefined
  /** How many there are of each; without it, none says how many. */
  readonly byRule?: readonly { readonly rule: FindingRule; readonly count: number }[]
  readonly onRule: (rule: FindingRule | undefined) => void
}

export function RuleField({ rule, byRule, onRule }: RuleFieldProps) {
  const shown = findingRules.filter(one => !byRule || one === rule || byRule.some(of => of.rule === one))
  const count = (one: FindingRule) => byRule?.find(of => of.rule === one)?.count
  return (
    <Field
      type="select"
      name="rule"
      label={t('accessibility.filter')}
      value={rule ?? ''}
      onValue={value => onRule(ruleNamed(value))}
      options={[
        { value: '', label: t('accessibility.all') },
        ...shown.map(one => ({
          value: one,
          label: count(one) === undefined ? t(ruleWords(one)) : `${t(ruleWords(one))} (${count(one)})`,
        })),
      ]}
    />
  )
}
