// Whoever was a guest on this device before they signed in is asked once whether that was them: then what they did in class
// comes along, for good. What it is stands there before it moves.
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { accountRoutes } from '#protocol/accounts.ts'
import { Kept } from './people/Kept.tsx'
import { guestBefore, me } from './store.ts'

/** Nothing where this device was no guest. `onBrought`: reads anew what stands below. */
export function GuestBefore({ onBrought }: { readonly onBrought?: (() => void) | undefined }) {
  const [asking, setAsking] = useState(false)
  const guest = guestBefore.value
  if (!guest || me.value?.kind !== 'member') return null
  const leave = async () => {
    try {
      await request(accountRoutes.leaveGuest, {})
      guestBefore.value = null
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    }
  }
  return (
    <>
      <Banner
        tone="accent"
        title={t('accounts.guestBefore', { name: guest.name })}
        action={
          <>
            <Button kind="primary" size="small" onClick={() => setAsking(true)}>
              {t('accounts.guestBring')}
            </Button>
            <Button size="small" onClick={() => void leave()}>
              {t('accounts.guestLeave')}
            </Button>
          </>
        }
      >
        {t('accounts.guestBeforeDetail')}
      </Banner>
      {asking && <BringDialog name={guest.name} onClose={() => setAsking(false)} onBrought={onBrought} />}
    </>
  )
}

interface BringDialogProps {
  readonly name: string
  readonly onClose: () => void
  readonly onBrought: (() => void) | undefined
}

function BringDialog({ name, onClose, onBrought }: BringDialogProps) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const kept = useLoad('guest', () => request(accountRoutes.guestBefore, {}))
  const bring = async () => {
    if (busy) return
    setBusy(true)
    try {
      await request(accountRoutes.bringGuest, {})
      guestBefore.value = null
      showToast({ text: t('accounts.guestBrought', { name }) })
      onBrought?.()
    } catch (error) {
      setProblem(problemWords(error))
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title={t('accounts.guestBringTitle', { name })}>
      <div class="stack">
        <p>{t('accounts.guestBringLead', { account: me.value?.name ?? '' })}</p>
        {kept.value ? (
          <Kept parts={kept.value.moves} />
        ) : kept.problem ? (
          <Banner tone="bad">{problemWords(kept.problem)}</Banner>
        ) : (
          <Skeleton form="rows" count={3} />
        )}
        {problem && <Banner tone="bad">{problem}</Banner>}
        <div class="form-actions">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" busy={busy} disabled={!kept.value} onClick={() => void bring()}>
            {t('accounts.guestBring')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
