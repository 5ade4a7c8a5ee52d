// On one's own page: who observes the reader, since when, the end of it with a way back, and codes to give away. Nothing
// for those who cannot be observed.
import { Plus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { me } from '#client/features/accounts/store.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { shareLink } from '#client/platform/share-origin.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Link } from '#client/ui/Link.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { QrCode } from '#client/ui/QrCode.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { Output } from '#protocol/base/call.ts'
import type { Observer, ObserverCode, observerRoutes } from '#protocol/observers.ts'
import { Span } from './Span.tsx'
import { dropCode, endWithUndo, listMine, makeCode, useObservedTurn } from './store.ts'
import './observers.css'

export function WhoObserves() {
  const member = me.value?.siteRole === 'member'
  const { value, problem, reload } = useLoad(member ? 'mine' : null, listMine)
  useObservedTurn(reload)
  return (
    <Section title={t(member ? 'observers.ownTitle' : 'observers.title')} id="observers">
      <div class="stack">
        {!member ? null : value ? (
          <Mine mine={value} onChanged={reload} />
        ) : problem ? (
          <ErrorState
            title={t('observers.ownFailed')}
            detail={problemWords(problem)}
            requestId={problem.requestId}
            onRetry={reload}
          />
        ) : (
          <Skeleton form="rows" count={1} />
        )}
        <p>
          <Link href={pathTo('observed')}>{t('observers.title')}</Link>
        </p>
      </div>
    </Section>
  )
}

interface MineProps {
  readonly mine: Output<typeof observerRoutes.mine>
  readonly onChanged: () => void
}

function Mine({ mine: { items, rules, codes }, onChanged }: MineProps) {
  const [made, setMade] = useState<{ readonly code: ObserverCode; readonly secret: string }>()
  const [busy, setBusy] = useState(false)
  const make = async () => {
    setBusy(true)
    try {
      setMade(await makeCode())
      onChanged()
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    }
    setBusy(false)
  }
  const drop = async ({ id }: ObserverCode) => {
    try {
      await dropCode(id)
      showToast({ text: t('observers.takenBack') })
      onChanged()
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    }
  }
  return (
    <>
      {items.length === 0 ? (
        <p class="muted">{t('observers.ownNone')}</p>
      ) : (
        <>
          <p class="muted">{t('observers.ownLead')}</p>
          <List label={t('observers.ownTitle')}>
            {items.map(one => (
              <Row
                key={one.id}
                title={one.name}
                detail={<Span one={one} />}
                end={rules.learnersEnd && <End one={one} onChanged={onChanged} />}
              />
            ))}
          </List>
          {!rules.learnersEnd && <p class="muted">{t('observers.schoolEnds')}</p>}
        </>
      )}
      {codes.length > 0 && (
        <List label={t('observers.waiting')}>
          {codes.map(one => (
            <Row
              key={one.id}
              title={
                <>
                  {t('observers.waitingOne')} <Time at={one.at} form="dayAndTime" />
                </>
              }
              detail={
                <>
                  {t('observers.codeUntil')} <Time at={one.expiresAt} form="dayAndTime" />
                </>
              }
              end={
                <Button kind="quiet" size="small" onClick={() => void drop(one)}>
                  {t('observers.takeBack')}
                </Button>
              }
            />
          ))}
        </List>
      )}
      {rules.learnersInvite && (
        <div class="cluster">
          <Button icon={Plus} busy={busy} onClick={() => void make()}>
            {t('observers.makeCode')}
          </Button>
        </div>
      )}
      {made && <CodeDialog made={made} onClose={() => setMade(undefined)} />}
    </>
  )
}

function End({ one: { id, name }, onChanged }: { readonly one: Observer; readonly onChanged: () => void }) {
  const words = { ended: t('observers.ended', { name }), back: t('observers.back', { name }) }
  return (
    <Button
      kind="quiet"
      size="small"
      aria-label={t('observers.end', { name })}
      onClick={() => void endWithUndo(id, words, onChanged)}
    >
      {t('observers.endWord')}
    </Button>
  )
}

interface CodeDialogProps {
  readonly made: { readonly code: ObserverCode; readonly secret: string }
  readonly onClose: () => void
}

/** The code, this once. */
function CodeDialog({ made: { code, secret }, onClose }: CodeDialogProps) {
  const address = shareLink(pathTo('observed', {}, { code: secret }))
  return (
    <Dialog open onClose={onClose} title={t('observers.codeTitle')}>
      <div class="observers-code">
        <Banner tone="neutral">{t('observers.codeOnce')}</Banner>
        <code>{secret}</code>
        <div class="cluster">
          <CopyButton text={secret} kind="plain" />
          <CopyButton text={address} label={t('ui.copyLink')} kind="plain" />
        </div>
        <QrCode value={address} />
        <p class="muted">
          {t('observers.codeUntil')} <Time at={code.expiresAt} form="dayAndTime" />.
        </p>
        <div class="form-actions">
          <Button kind="primary" onClick={onClose}>
            {t('observers.done')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
