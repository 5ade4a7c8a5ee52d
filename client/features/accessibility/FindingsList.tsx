// Findings, each with what it is, how grave, what stands there and how to mend it. From its props alone.
import type { ComponentChildren } from 'preact'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { type Finding, gravityOf } from '#protocol/accessibility/findings.ts'
import { mendWords, ruleWords } from './store.ts'
import './accessibility.css'

export interface FindingsListProps {
  readonly findings: readonly Finding[]
  /** Names the list for readers. */
  readonly label: string
  /** The name of a finding, as a link or button to its place. */
  readonly place: (finding: Finding, words: string) => ComponentChildren
  /** What can be done about it right there. */
  readonly act?: ((finding: Finding) => ComponentChildren) | undefined
}

export function FindingsList({ findings, label, place, act }: FindingsListProps) {
  return (
    <ul class="findings" aria-label={label}>
      {findings.map(one => (
        <li key={`${one.rule} ${one.node}`} class="finding">
          <div class="finding-head">
            {place(one, t(ruleWords(one.rule)))}
            <Badge tone={gravityOf[one.rule] === 'barrier' ? 'bad' : 'warn'}>
              {t(gravityOf[one.rule] === 'barrier' ? 'accessibility.barrier' : 'accessibility.hurdle')}
            </Badge>
          </div>
          {one.words !== '' && (
            <p class="finding-words" dir="auto">
              {one.words}
            </p>
          )}
          <p class="muted">{t(mendWords(one.rule))}</p>
          {act?.(one)}
        </li>
      ))}
    </ul>
  )
}
