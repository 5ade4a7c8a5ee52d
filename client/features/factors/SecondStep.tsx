// The section of /you about the second step: set up, renewed, removed; for administrators also who must have one.
import { ShieldCheck } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { RadioGroup } from '#client/ui/Choice.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { type FactorPolicy, factorRoutes } from '#protocol/factors.ts'
import { FactorDialog, type FactorTask } from './FactorDialog.tsx'
import './factors.css'

export function SecondStep({ accountId }: { readonly accountId: string }) {
  const { value, problem, reload } = useLoad(`factors ${accountId}`, () => request(factorRoutes.get, {}))
  const [task, setTask] = useState<FactorTask>()

  const choose = async (policy: FactorPolicy) => {
    try {
      await request(factorRoutes.changePolicy, { policy })
      showToast({ text: t('factors.policySaved') })
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    } finally {
      reload()
    }
  }

  return (
    <Section title={t('factors.title')}>
      <p class="muted">{t('factors.lead')}</p>
      {!value ? (
        problem ? (
          <ErrorState title={t('factors.failed')} detail={problemWords(problem)} onRetry={reload} />
        ) : (
          <Skeleton form="rows" count={1} />
        )
      ) : (
        <div class="stack">
          <p class="cluster">
            <Badge tone={value.app ? 'good' : 'neutral'}>{value.app ? t('factors.on') : t('factors.off')}</Badge>
            {value.app && (
              <span class="muted">
                {t('factors.since')} <Time at={value.app} form="day" /> ·{' '}
                {t('factors.left', { count: value.recoveryLeft })}
              </span>
            )}
            {value.required && <span class="muted">{t('factors.owed')}</span>}
          </p>
          <div class="cluster">
            {value.app === null ? (
              <Button icon={ShieldCheck} onClick={() => setTask('begin')}>
                {t('factors.setUp')}
              </Button>
            ) : (
              <>
                <Button onClick={() => setTask('renew')}>{t('factors.renew')}</Button>
                {!value.required && (
                  <Button kind="quiet" onClick={() => setTask('remove')}>
                    {t('factors.remove')}
                  </Button>
                )}
              </>
            )}
          </div>
          {value.policy !== null && (
            <RadioGroup<FactorPolicy>
              label={t('factors.policy')}
              name="factor-policy"
              hint={t('factors.policyHint')}
              value={value.policy}
              onValue={policy => void choose(policy)}
              options={[
                { value: 'nobody', label: t('factors.policyNobody') },
                { value: 'staff', label: t('factors.policyStaff') },
              ]}
            />
          )}
        </div>
      )}
      <FactorDialog task={task} onClose={() => setTask(undefined)} onDone={reload} />
    </Section>
  )
}
