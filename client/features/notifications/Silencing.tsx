// Which kinds one wants to hear of: a switch each, kept at once and put back when that fails.
import { useState } from 'preact/hooks'
import { me } from '#client/features/accounts/store.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Section } from '#client/ui/Card.tsx'
import { Switch } from '#client/ui/Choice.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { type NotificationKind, notificationKinds, notificationRoutes } from '#protocol/notifications.ts'
import { MailChoice } from './MailChoice.tsx'
import { kindNames } from './words.ts'

/** A section of one's own page. */
export function Silencing() {
  const { value, problem, reload } = useLoad('silenced', () => request(notificationRoutes.getSettings, {}))
  const [chosen, setChosen] = useState<readonly NotificationKind[]>()
  const silenced = chosen ?? value?.silenced
  const change = (kind: NotificationKind, on: boolean) => {
    const before = silenced ?? []
    const next = on ? before.filter(one => one !== kind) : [...before, kind]
    setChosen(next)
    request(notificationRoutes.changeSettings, { silenced: next }).catch((error: unknown) => {
      setChosen(before)
      showToast({ text: problemWords(error), tone: 'bad' })
    })
  }
  // Others are never told of it.
  const kinds = notificationKinds.filter(kind => kind !== 'erasure' || me.value?.siteRole === 'administrator')
  return (
    <Section title={t('notifications.settings')}>
      <p class="muted">{t('notifications.settingsLead')}</p>
      {silenced ? (
        <div>
          {kinds.map(kind => (
            <Switch
              key={kind}
              label={t(kindNames[kind])}
              checked={!silenced.includes(kind)}
              onChecked={on => change(kind, on)}
            />
          ))}
        </div>
      ) : problem ? (
        <ErrorState title={t('notifications.settingsFailed')} detail={problemWords(problem)} onRetry={reload} />
      ) : (
        <Skeleton form="rows" />
      )}
      <MailChoice />
    </Section>
  )
}
