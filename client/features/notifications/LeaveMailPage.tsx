// Where the link in a mail leads: one tap ends such mails, another brings them back. Opening it alone changes nothing, for
// programs that look at links open them too.
import { useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { Door } from '#client/features/accounts/Door.tsx'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { type MailRhythm, notificationRoutes } from '#protocol/notifications.ts'

/** /leave-mail/:token */
export function LeaveMailPage({ params: { token } }: PageProps<'leaveMail'>) {
  const [before, setBefore] = useState<MailRhythm>()
  const [said, setSaid] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)

  const change = async (rhythm: MailRhythm) => {
    setBusy(true)
    setProblem(undefined)
    try {
      const answer = await request(notificationRoutes.leaveMail, { token, rhythm })
      setBefore(rhythm === 'off' ? answer.before : undefined)
      setSaid(t(rhythm === 'off' ? 'notifications.leaveDone' : 'notifications.leaveUndone'))
    } catch (error) {
      setProblem(problemWords(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Door>
      <header>
        <h1 tabIndex={-1}>{t('notifications.leaveTitle')}</h1>
        <p class="door-lead">{t('notifications.leaveLead')}</p>
      </header>
      {problem !== undefined && <Banner tone="bad">{problem}</Banner>}
      {said !== undefined && <Banner tone="good">{said}</Banner>}
      {before === undefined ? (
        <Button kind="primary" size="large" wide busy={busy} onClick={() => void change('off')}>
          {t('notifications.leaveDo')}
        </Button>
      ) : (
        before !== 'off' && (
          <Button size="large" wide busy={busy} onClick={() => void change(before)}>
            {t('notifications.leaveUndo')}
          </Button>
        )
      )}
      <ButtonLink kind="quiet" wide href={pathTo('today')}>
        {t('notifications.mailOpen')}
      </ButtonLink>
    </Door>
  )
}
