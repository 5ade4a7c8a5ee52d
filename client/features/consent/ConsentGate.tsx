// Stands in place of every page until its reader has agreed, or a guardian for them: the text, one's data, the way out.
import { Download, LogOut } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { owes, signOut } from '#client/features/accounts/store.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Card } from '#client/ui/Card.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { accountRoutes } from '#protocol/accounts.ts'
import { apiBase } from '#protocol/base/call.ts'
import { agree, lookAgain, lookQuietly, readMine } from './store.ts'
import { Text } from './Text.tsx'

export function ConsentGate() {
  const { value, problem, reload } = useLoad('consent', readMine)
  const guardian = owes.value === 'guardian'
  return (
    <div class="stack-loose consent-gate">
      <PageHeader
        title={value?.text?.title ?? t('consent.title')}
        lead={t(guardian ? 'consent.guardianLead' : 'consent.gateLead')}
      />
      {value?.text ? (
        <>
          <Card>
            <Text body={value.text.body} />
          </Card>
          {guardian ? <Waiting /> : <Agree version={value.text.version} onNewer={reload} />}
        </>
      ) : problem ? (
        <ErrorState
          title={t('consent.failed')}
          detail={problemWords(problem)}
          requestId={problem.requestId}
          onRetry={reload}
        />
      ) : (
        <Skeleton form="page" />
      )}
      <div class="cluster">
        <ButtonLink icon={Download} href={`${apiBase}${accountRoutes.export.path}`}>
          {t('consent.data')}
        </ButtonLink>
        <Button icon={LogOut} onClick={() => void signOut()}>
          {t('accounts.signOut')}
        </Button>
      </div>
    </div>
  )
}

function useAct(act: () => Promise<void>): { run: () => void; busy: boolean; problem: unknown } {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const run = async () => {
    if (busy) return
    setBusy(true)
    setProblem(undefined)
    try {
      await act()
    } catch (error) {
      setProblem(error)
    }
    setBusy(false)
  }
  return { run: () => void run(), busy, problem }
}

function Agree({ version, onNewer }: { readonly version: number; readonly onNewer: () => void }) {
  const { run, busy, problem } = useAct(async () => {
    try {
      await agree(version)
    } catch (error) {
      if (error instanceof ClientProblem && error.code === 'conflict') onNewer()
      throw error
    }
  })
  const newer = problem instanceof ClientProblem && problem.code === 'conflict'
  return (
    <div class="stack">
      {problem !== undefined && <Banner tone="bad">{newer ? t('consent.changed') : problemWords(problem)}</Banner>}
      <div class="cluster">
        <Button kind="primary" busy={busy} onClick={run}>
          {t('consent.agree')}
        </Button>
      </div>
    </div>
  )
}

/** How soon it is looked whether a guardian has agreed, in milliseconds; later and later, for it may take days. */
const lookMs = { first: 3_000, most: 60_000 } as const

function Waiting() {
  const { run, busy, problem } = useAct(lookAgain)
  // Whoever waits is nobody to the server's feeds, and hears of nothing there.
  useEffect(() => {
    let wait: number = lookMs.first
    let timer: ReturnType<typeof setTimeout> | undefined
    let left = false
    const later = () => {
      if (left) return
      timer = setTimeout(() => {
        wait = Math.min(lookMs.most, wait * 1.5)
        void lookQuietly().finally(later)
      }, wait)
    }
    later()
    return () => {
      left = true
      clearTimeout(timer)
    }
  }, [])
  return (
    <div class="stack">
      <p class="muted">{t('consent.guardianHint')}</p>
      {problem !== undefined && <Banner tone="bad">{problemWords(problem)}</Banner>}
      <div class="cluster">
        <Button kind="primary" busy={busy} onClick={run}>
          {t('consent.lookAgain')}
        </Button>
      </div>
    </div>
  )
}
