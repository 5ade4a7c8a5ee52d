// The network check: begins by itself, says in one sentence what this network lets through, and what to ask for.
import { CircleCheck, CircleX, Info, RotateCw } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import type { PageProps } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import {
  probeInstall,
  probeLive,
  probeNotes,
  probeNotices,
  probePacket,
  probePolling,
  probeReach,
  probeStorage,
} from './probes.ts'
import { type Findings, type Line, linesOf, verdictOf } from './verdict.ts'

/** Round trips first, alone: the others would lengthen them. Then the rest together. */
async function look(): Promise<Findings> {
  const reach = await probeReach()
  const [live, polling, notes, packet, storage] = await Promise.all([
    probeLive(),
    probePolling(),
    probeNotes(),
    probePacket(),
    probeStorage(),
  ])
  return { reach, live, polling, notes, packet, storage, notices: probeNotices(), install: probeInstall() }
}

const protocol = location.protocol.slice(0, -1)

/** /check */
export function CheckPage(_: PageProps<'check'>) {
  const [found, setFound] = useState<Findings>()
  const [busy, setBusy] = useState(true)
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let stale = false
    setBusy(true)
    void look().then(findings => {
      if (stale) return
      setFound(findings)
      setBusy(false)
    })
    return () => {
      stale = true
    }
  }, [turn])
  const verdict = found && verdictOf(found, location.host)
  const lines = found ? linesOf(found, protocol) : []
  const text = () =>
    [
      `${t('check.title')}: ${location.origin}`,
      new Date().toISOString(),
      verdict?.title,
      verdict?.detail,
      ...lines.map(line => `${line.label}: ${line.words}`),
      navigator.userAgent,
    ].join('\n')
  return (
    <div class="stack-loose">
      <PageHeader title={t('check.title')} lead={t('check.lead')} />
      <div role="status">
        {busy ? (
          <p class="muted">{t('check.checking')}</p>
        ) : (
          verdict && (
            <Banner tone={verdict.tone} title={verdict.title}>
              {verdict.detail}
            </Banner>
          )
        )}
      </div>
      {found && !busy && (
        <div class="cluster">
          <Button icon={RotateCw} onClick={() => setTurn(turn + 1)}>
            {t('check.again')}
          </Button>
          <CopyButton text={text} label={t('check.copy')} kind="plain" />
        </div>
      )}
      {busy ? (
        <Skeleton form="rows" count={6} />
      ) : (
        <Section title={t('check.details')}>
          <div class="card" data-flush>
            <List label={t('check.details')}>
              {lines.map(line => (
                <Row key={line.label} title={line.label} detail={line.words} start={<Stand stand={line.stand} />} />
              ))}
            </List>
          </div>
        </Section>
      )}
    </div>
  )
}

const stands = {
  good: { icon: CircleCheck, label: 'check.standGood' },
  bad: { icon: CircleX, label: 'check.standBad' },
  note: { icon: Info, label: 'check.standNote' },
} as const

function Stand({ stand }: Pick<Line, 'stand'>) {
  const { icon, label } = stands[stand]
  return <Icon as={icon} size={20} label={t(label)} />
}
