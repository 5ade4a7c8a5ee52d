// What learners may do about their observers themselves, for administrators, each switch acting at once; and who
// observes whom as a list.
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Section } from '#client/ui/Card.tsx'
import { Switch } from '#client/ui/Choice.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { ObserverRules as Rules } from '#protocol/observers.ts'
import { ObserverList } from './ObserverList.tsx'
import { changeRules, readRules } from './store.ts'

export function ObserverRules() {
  const { value, problem, reload } = useLoad('observer-rules', readRules)
  return (
    <Section title={t('observers.rules')} actions={<ObserverList />}>
      {value ? (
        <Choices told={value.rules} />
      ) : problem ? (
        <ErrorState
          title={t('observers.rulesFailed')}
          detail={problemWords(problem)}
          requestId={problem.requestId}
          onRetry={reload}
        />
      ) : (
        <Skeleton form="rows" count={2} />
      )}
    </Section>
  )
}

function Choices({ told }: { readonly told: Rules }) {
  const [rules, setRules] = useState(told)
  const change = async (next: Rules) => {
    const before = rules
    setRules(next)
    try {
      await changeRules(next)
      showToast({ text: t('observers.saved') })
    } catch (error) {
      setRules(before)
      showToast({ text: problemWords(error), tone: 'bad' })
    }
  }
  return (
    <div class="stack">
      <p class="muted">{t('observers.rulesLead')}</p>
      <Switch
        label={t('observers.learnersEnd')}
        checked={rules.learnersEnd}
        onChecked={learnersEnd => void change({ ...rules, learnersEnd })}
      />
      <Switch
        label={t('observers.learnersInvite')}
        checked={rules.learnersInvite}
        onChecked={learnersInvite => void change({ ...rules, learnersInvite })}
      />
    </div>
  )
}
