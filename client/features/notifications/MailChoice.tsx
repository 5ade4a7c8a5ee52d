// How often one's unread notifications come by mail: kept at once and put back when that fails.
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { RadioGroup } from '#client/ui/Choice.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { type MailRhythm, mailRhythms, notificationRoutes } from '#protocol/notifications.ts'

const rhythmNames: Readonly<Record<MailRhythm, PlainTextKey>> = {
  off: 'notifications.mailRhythmOff',
  daily: 'notifications.mailRhythmDaily',
  soon: 'notifications.mailRhythmSoon',
}

export function MailChoice() {
  const { value, problem, reload } = useLoad('mail', () => request(notificationRoutes.getMail, {}))
  const [chosen, setChosen] = useState<MailRhythm>()
  if (!value)
    return problem ? (
      <ErrorState title={t('notifications.mailFailed')} detail={problemWords(problem)} onRetry={reload} />
    ) : (
      <Skeleton form="text" />
    )
  if (!value.setUp) return <p class="muted">{t('notifications.mailOffHere')}</p>
  const rhythm = chosen ?? value.rhythm
  const change = (next: MailRhythm) => {
    setChosen(next)
    request(notificationRoutes.changeMail, { rhythm: next }).catch((error: unknown) => {
      setChosen(rhythm)
      showToast({ text: problemWords(error), tone: 'bad' })
    })
  }
  return (
    <RadioGroup<MailRhythm>
      label={t('notifications.mailTitle')}
      name="mail-rhythm"
      hint={t('notifications.mailHint')}
      value={rhythm}
      onValue={change}
      options={mailRhythms.map(one => ({ value: one, label: t(rhythmNames[one]) }))}
    />
  )
}
