// A course's join code for staff: to read aloud, to copy as a link, to show as a QR code, to renew or switch off.
import { Ban, QrCode as QrIcon, RefreshCw } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { shareLink } from '#client/platform/share-origin.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { CodeDisplay } from '#client/ui/CodeDisplay.tsx'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { QrCode } from '#client/ui/QrCode.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { attempt, type CourseId, renewJoinCode, switchOffJoinCode } from './store.ts'

interface JoinCodeProps {
  readonly courseId: CourseId
  readonly joinCode: string | null
  readonly onChanged: () => void
}

export function JoinCode({ courseId, joinCode, onChanged }: JoinCodeProps) {
  const [large, setLarge] = useState(false)
  const renew = async () => {
    if (!(await attempt(() => renewJoinCode(courseId)))) return
    onChanged()
    showToast({ text: joinCode ? t('courses.codeRenewed') : t('courses.codeIsOn') })
  }
  const switchOff = async () => {
    if (!(await attempt(() => switchOffJoinCode(courseId)))) return
    onChanged()
    showToast({ text: t('courses.codeSwitchedOff') })
  }
  if (joinCode === null) {
    return (
      <section class="join-code" aria-label={t('courses.codeTitle')}>
        <p class="join-code-words">{t('courses.codeOff')}</p>
        <Button onClick={() => void renew()}>{t('courses.codeOn')}</Button>
      </section>
    )
  }
  const address = shareLink(pathTo('joinCourse', {}, { code: joinCode }))
  return (
    <section class="join-code" aria-label={t('courses.codeTitle')}>
      <div class="join-code-words">
        <p class="join-code-label">{t('courses.codeTitle')}</p>
        <CodeDisplay code={joinCode} size="medium" />
        <p class="muted">{t('courses.codeLead')}</p>
      </div>
      <div class="cluster">
        <CopyButton text={address} label={t('ui.copyLink')} kind="plain" />
        <Button size="small" icon={QrIcon} onClick={() => setLarge(true)}>
          {t('courses.codeQrShort')}
        </Button>
        <Menu
          label={t('courses.codeMenu')}
          items={[
            { label: t('courses.codeRenew'), icon: RefreshCw, onSelect: () => void renew() },
            { label: t('courses.codeSwitchOff'), icon: Ban, kind: 'danger', onSelect: () => void switchOff() },
          ]}
        />
      </div>
      <Dialog open={large} onClose={() => setLarge(false)} title={t('courses.codeTitle')}>
        <div class="join-code-large">
          <QrCode value={address} />
          <CodeDisplay code={joinCode} size="large" />
          <p class="muted">{address}</p>
        </div>
      </Dialog>
    </section>
  )
}
