// The section of /you about one's own data: a copy to take away, which every device sees come along, and the wish to be
// erased.
import { Download, FileArchive, UserRoundX, X } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { sizeWords } from '#client/features/files/store.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Progress } from '#client/ui/Progress.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { apiBase } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { type DataExport, type OwnErasure, privacyRoutes, privacyScope } from '#protocol/privacy.ts'
import { AskErasure } from './AskErasure.tsx'
import { dayWords } from './words.ts'
import './privacy.css'

const attempt = async (act: () => Promise<unknown>, done?: string): Promise<void> => {
  try {
    await act()
    if (done) showToast({ text: done })
  } catch (error) {
    showToast({ text: problemWords(error), tone: 'bad' })
  }
}

export function OwnData({ accountId, guest }: { readonly accountId: AccountId; readonly guest: boolean }) {
  const scope = useScope(privacyScope, accountId)
  const state = scope.state.value
  const problem = scope.problem.value
  return (
    <Section title={t('privacy.data')} id="data">
      <div class="stack">
        <p class="muted">{t('privacy.dataLead')}</p>
        {state ? (
          <Copy copy={state.export} />
        ) : problem ? (
          <ErrorState title={t('privacy.dataFailed')} detail={problemWords(problem)} />
        ) : (
          <Skeleton form="rows" count={1} />
        )}
        {state && !guest && <Wish wish={state.erasure} />}
      </div>
    </Section>
  )
}

function Copy({ copy }: { readonly copy: DataExport | null }) {
  const [busy, setBusy] = useState(false)
  const start = async () => {
    setBusy(true)
    await attempt(() => request(privacyRoutes.startExport, {}))
    setBusy(false)
  }
  const drop = (done?: string) => attempt(() => request(privacyRoutes.dropExport, {}), done)
  if (copy?.state === 'running')
    return (
      <div class="stack" role="status">
        <Progress
          label={t('privacy.running')}
          value={copy.done}
          max={copy.parts}
          words={t('privacy.runningOf', { done: copy.done, parts: copy.parts })}
        />
        <div class="cluster">
          <Button icon={X} onClick={() => void drop()}>
            {t('privacy.cancel')}
          </Button>
        </div>
      </div>
    )
  if (!copy)
    return (
      <div class="cluster">
        <Button icon={FileArchive} busy={busy} onClick={() => void start()}>
          {t('privacy.ask')}
        </Button>
      </div>
    )
  const href = `${apiBase}${privacyRoutes.exportContent.path.replace(':exportId', copy.id)}`
  return (
    <div class="stack">
      <Banner tone="good" title={t('privacy.ready')}>
        {copy.byAdministrator && <>{t('privacy.byAdministrator')} </>}
        {copy.expiresAt && t('privacy.readyUntil', { day: dayWords(copy.expiresAt) })}
      </Banner>
      <div class="cluster">
        <ButtonLink kind="primary" icon={Download} href={href}>
          {t('privacy.download', { size: sizeWords(copy.size ?? 0) })}
        </ButtonLink>
        <Button busy={busy} onClick={() => void start()}>
          {t('privacy.again')}
        </Button>
        <Button kind="quiet" onClick={() => void drop(t('privacy.taken'))}>
          {t('privacy.take')}
        </Button>
      </div>
    </div>
  )
}

function Wish({ wish }: { readonly wish: OwnErasure | null }) {
  const [asking, setAsking] = useState(false)
  if (wish?.state === 'asked')
    return (
      <Banner
        tone="warn"
        action={
          <Button
            onClick={() => void attempt(() => request(privacyRoutes.withdrawErasure, {}), t('privacy.withdrawn'))}
          >
            {t('privacy.withdraw')}
          </Button>
        }
      >
        {t('privacy.askedOn', { day: dayWords(wish.askedAt) })}
      </Banner>
    )
  return (
    <div class="stack">
      <h3>{t('privacy.eraseOwn')}</h3>
      <p class="muted">{t('privacy.eraseOwnLead')}</p>
      {wish && (
        <Banner tone="neutral" title={t('privacy.refused')}>
          {t('privacy.refusedBecause', { reason: wish.decision })}
        </Banner>
      )}
      <div class="cluster">
        <Button icon={UserRoundX} onClick={() => setAsking(true)}>
          {t('privacy.eraseAsk')}
        </Button>
      </div>
      {asking && <AskErasure onClose={() => setAsking(false)} />}
    </div>
  )
}
