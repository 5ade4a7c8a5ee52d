// The proof of the trail: the chain of hashes is walked on the server when asked, and what it came to is said.
import { ShieldAlert, ShieldCheck } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { auditRoutes } from '#protocol/audit.ts'
import type { Output } from '#protocol/base/call.ts'

export function Proof() {
  const [verdict, setVerdict] = useState<Output<typeof auditRoutes.verify>>()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const check = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      setVerdict(await request(auditRoutes.verify, {}))
    } catch (error) {
      setProblem(problemWords(error))
    } finally {
      setBusy(false)
    }
  }
  const button = (
    <Button icon={verdict?.breaks.length ? ShieldAlert : ShieldCheck} busy={busy} onClick={() => void check()}>
      {t('audit.verify')}
    </Button>
  )
  if (problem)
    return (
      <Banner tone="bad" action={button}>
        {problem}
      </Banner>
    )
  if (!verdict) return <div>{button}</div>
  const { sealed, waiting, breaks } = verdict
  if (breaks.length === 0)
    return (
      <Banner tone="good" title={t('audit.holds')} action={button}>
        {t('audit.holdsLead', { sealed, waiting })}
      </Banner>
    )
  return (
    <Banner tone="bad" title={t('audit.broken', { count: breaks.length })} action={button}>
      {t('audit.brokenLead')} {breaks.map(one => `${one.place}: ${t(breakTexts[one.what])}`).join(' · ')}
    </Banner>
  )
}

const breakTexts = {
  missing: 'audit.breakMissing',
  changed: 'audit.breakChanged',
  details: 'audit.breakDetails',
} as const
