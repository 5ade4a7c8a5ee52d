// On one's own page: the text that holds, what was agreed to and when, and the minors for whom the reader agrees as their
// guardian. Nothing while the school asks nobody.
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { Output } from '#protocol/base/call.ts'
import type { ConsentText, consentRoutes } from '#protocol/consent.ts'
import { agreeFor, readMine } from './store.ts'
import { Text } from './Text.tsx'

type Mine = Output<typeof consentRoutes.mine>

export function OwnConsent() {
  const { value, reload } = useLoad('consent', readMine)
  const [reading, setReading] = useState(false)
  // Whoever could not read it is told by the page that asks.
  if (!value?.text) return null
  const { text, agreements, minors, state } = value
  return (
    <Section
      title={t('consent.ownTitle')}
      id="consent"
      actions={
        <Button kind="quiet" onClick={() => setReading(true)}>
          {t('consent.showText')}
        </Button>
      }
    >
      <div class="stack">
        {state === 'guardian' && <p class="muted">{t('consent.minorDue')}</p>}
        {agreements.length === 0 ? (
          <p class="muted">{t('consent.ownNone')}</p>
        ) : (
          <List label={t('consent.ownTitle')}>
            {agreements.map(one => (
              <Row
                key={`${one.version} ${one.at}`}
                title={t('consent.version', { version: one.version })}
                detail={
                  <>
                    <Time at={one.at} form="dayAndTime" />
                    {one.by !== null && ` · ${t('consent.byGuardian', { name: one.by })}`}
                  </>
                }
              />
            ))}
          </List>
        )}
        {minors.length > 0 && <Minors text={text} minors={minors} onDone={reload} />}
      </div>
      {reading && (
        <Dialog open onClose={() => setReading(false)} title={text.title}>
          <Text body={text.body} />
        </Dialog>
      )}
    </Section>
  )
}

interface MinorsProps {
  readonly text: ConsentText
  readonly minors: Mine['minors']
  readonly onDone: () => void
}

function Minors({ text, minors, onDone }: MinorsProps) {
  const run = async ({ accountId, name }: Mine['minors'][number]) => {
    try {
      await agreeFor(accountId, text.version)
      showToast({ text: t('consent.agreedFor', { name }) })
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    }
    onDone()
  }
  return (
    <div class="stack">
      <h3>{t('consent.forMinors')}</h3>
      <p class="muted">{t('consent.forMinorsLead')}</p>
      <List label={t('consent.forMinors')}>
        {minors.map(one => (
          <Row
            key={one.accountId}
            title={one.name}
            end={
              <Button aria-label={t('consent.agreeFor', { name: one.name })} onClick={() => void run(one)}>
                {t('consent.agree')}
              </Button>
            }
          />
        ))}
      </List>
    </div>
  )
}
