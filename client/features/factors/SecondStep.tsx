// The sections of /you about passkeys and the second step: set up, renewed, removed. Who must have one is a rule of the
// school and stands there.
import { ShieldCheck } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useSafety } from '#client/features/accounts/safety.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { factorRoutes } from '#protocol/factors.ts'
import { FactorDialog, type FactorTask } from './FactorDialog.tsx'
import { Passkeys } from './Passkeys.tsx'
import './factors.css'

export function SecondStep({ accountId }: { readonly accountId: string }) {
  const loaded = useLoad(`factors ${accountId}`, () => request(factorRoutes.get, {}))
  const { value, problem, reload } = loaded
  useSafety(loaded, accountId)
  const [task, setTask] = useState<FactorTask>()

  if (!value)
    return (
      <Section title={t('factors.title')}>
        {problem ? (
          <ErrorState title={t('factors.failed')} detail={problemWords(problem)} onRetry={reload} />
        ) : (
          <Skeleton form="rows" count={1} />
        )}
      </Section>
    )
  const { app, passkeys, required } = value
  const has = app !== null || passkeys.length > 0

  return (
    <>
      <Passkeys passkeys={passkeys} here={value.passkeysHere} onChanged={reload} />
      <Section title={t('factors.title')}>
        <p class="muted">{t('factors.lead')}</p>
        <div class="stack">
          <p class="cluster">
            <Badge tone={has ? 'good' : 'neutral'}>{has ? t('factors.on') : t('factors.off')}</Badge>
            {has && (
              <span class="muted">
                {app ? (
                  <>
                    {t('factors.since')} <Time at={app} form="day" />
                  </>
                ) : (
                  t('factors.byPasskey')
                )}{' '}
                · {t('factors.left', { count: value.recoveryLeft })}
              </span>
            )}
            {required && <span class="muted">{t('factors.owed')}</span>}
          </p>
          <div class="cluster">
            {app === null && (
              <Button icon={ShieldCheck} onClick={() => setTask('begin')}>
                {t('factors.setUp')}
              </Button>
            )}
            {has && <Button onClick={() => setTask('renew')}>{t('factors.renew')}</Button>}
            {app !== null && (!required || passkeys.length > 0) && (
              <Button kind="quiet" onClick={() => setTask('remove')}>
                {t('factors.removeApp')}
              </Button>
            )}
          </div>
        </div>
        <FactorDialog task={task} app={app !== null} onClose={() => setTask(undefined)} onDone={reload} />
      </Section>
    </>
  )
}
