// How long each kind of thing is kept, with a look beforehand at what would go; and when something went last.
import { Search } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { Field } from '#client/ui/Field.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { privacyRoutes, type RetentionKind } from '#protocol/privacy.ts'
import { DryRunDialog } from './DryRunDialog.tsx'
import { dayWords, monthsWords } from './words.ts'

const choices = [1, 3, 6, 12, 24, 36, 60, 120, 240]
const hints = {
  talk: 'privacy.talkHint',
  live: 'privacy.liveHint',
  marks: 'privacy.marksHint',
  audit: 'privacy.auditHint',
  grades: 'privacy.gradesHint',
  webhooks: 'privacy.webhooksHint',
} as const satisfies Record<RetentionKind, string>

export interface Window {
  readonly kind: RetentionKind
  readonly months: number | null
}

interface RetentionTimesProps {
  readonly windows: readonly Window[]
  readonly last: { readonly at: string; readonly rows: number } | null
}

export function RetentionTimes({ windows, last }: RetentionTimesProps) {
  return (
    <Section title={t('privacy.retention')}>
      <div class="stack">
        <p class="muted">
          {t('privacy.retentionLead')}{' '}
          {last ? t('privacy.lastNight', { count: last.rows, day: dayWords(last.at) }) : t('privacy.noNight')}
        </p>
        {windows.map(one => (
          <Kept key={one.kind} window={one} />
        ))}
      </div>
    </Section>
  )
}

function Kept({ window: { kind, months: told } }: { readonly window: Window }) {
  const [months, setMonths] = useState(told)
  const [trying, setTrying] = useState(false)
  const keep = async (next: number | null, before: number | null, back: boolean) => {
    setMonths(next)
    try {
      const looks = next !== null && !back
      const goes = looks ? (await request(privacyRoutes.tryRetention, { kind, months: next })).rows : 0
      await request(privacyRoutes.changeRetention, { kind, months: next })
      const topic = `retention ${kind}`
      const about = (said: string) => t('privacy.aboutKind', { what: t(`privacy.${kind}`), said })
      if (back) return showToast({ topic, text: about(t('privacy.savedBack')) })
      const text = about(goes > 0 ? t('privacy.savedGoes', { count: goes }) : t('privacy.saved'))
      showToast({ topic, text, onUndo: () => void keep(before, next, true) })
    } catch (error) {
      setMonths(before)
      showToast({ text: problemWords(error), tone: 'bad' })
    }
  }
  const offered = months === null || choices.includes(months) ? choices : [...choices, months].sort((a, b) => a - b)
  return (
    <div class="retention-kind">
      <Field
        type="select"
        name={`keep-${kind}`}
        label={t(`privacy.${kind}`)}
        hint={t(hints[kind])}
        value={months === null ? '' : String(months)}
        onValue={value => void keep(value === '' ? null : Number(value), months, false)}
        options={[
          { value: '', label: t('privacy.forEver') },
          ...offered.map(one => ({ value: String(one), label: monthsWords(one) })),
        ]}
      />
      <Button icon={Search} onClick={() => setTrying(true)}>
        {t('privacy.tryIt')}
      </Button>
      {trying && <DryRunDialog kind={kind} months={months} choices={offered} onClose={() => setTrying(false)} />}
    </div>
  )
}
