// The way into a meeting. The tab is opened while the press still counts as the reader's own, and sent on once the server
// has said where to; where the browser refuses a new tab, a link stands in its place.
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import type { LucideIcon } from '#client/ui/Icon.tsx'
import { joinMeeting, type OfMeeting } from './store.ts'

interface JoinButtonProps {
  readonly of: OfMeeting
  readonly host: string
  readonly icon: LucideIcon
  readonly onJoined: () => void
}

export function JoinButton({ of, host, icon, onJoined }: JoinButtonProps) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [shut, setShut] = useState<string>()

  const join = async () => {
    const tab = window.open('', '_blank')
    if (tab) {
      // What is there must not reach back to this page.
      tab.opener = null
      tab.document.title = t('meetings.opening')
      tab.document.body.textContent = t('meetings.opening')
    }
    setBusy(true)
    setProblem(undefined)
    setShut(undefined)
    try {
      const { address } = await joinMeeting(of)
      if (tab) tab.location.replace(address)
      else setShut(address)
      onJoined()
    } catch (error) {
      tab?.close()
      setProblem(problemWords(error))
    }
    setBusy(false)
  }
  return (
    <>
      {problem && <Banner tone="bad">{problem}</Banner>}
      <div>
        <Button kind="primary" icon={icon} busy={busy} onClick={() => void join()}>
          {t('meetings.join')}
        </Button>
      </div>
      {shut && (
        <div>
          <ButtonLink href={shut}>{t('meetings.openAnyway', { host })}</ButtonLink>
        </div>
      )}
    </>
  )
}
