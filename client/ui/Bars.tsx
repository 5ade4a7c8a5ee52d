// A histogram: a bar, the figure and the share for each answer, and the same as a table behind a switch.
// The heading says the finding; the colours only help.

import { Check } from 'lucide-preact'
import { useId, useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { AnswerMark } from '#client/ui/AnswerMark.tsx'
import { Switch } from '#client/ui/Choice.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { inOwnDirection } from '#client/ui/words.tsx'
import type { AnswerLetter } from '#protocol/question-types/choice.ts'
import './Bars.css'

export type Bar = {
  readonly key: string
  readonly label: string
  readonly count: number
  /** Gives the bar the answer's mark and colour. */
  readonly letter?: AnswerLetter | undefined
  /** Marked as correct, after the reveal only. */
  readonly right?: boolean | undefined
  /** The reader's own. */
  readonly mine?: boolean | undefined
}

export type BarsProps = {
  /** The finding, e.g. "B was chosen most often". */
  readonly title: string
  /** How many, in words, e.g. "24 of 30 answered". */
  readonly summary: string
  readonly bars: readonly Bar[]
  /** What the shares are of; the sum of the counts when left away (several choices: the number of people). */
  readonly total?: number | undefined
  /** On the stage: large, and without the switch. */
  readonly stage?: boolean | undefined
}

/** Bars with figures. */
export function Bars({ title, summary, bars, total, stage = false }: BarsProps) {
  const [asTable, setAsTable] = useState(false)
  const titleId = useId()
  const whole = total ?? bars.reduce((sum, bar) => sum + bar.count, 0)
  const share = (bar: Bar) => (whole > 0 ? Math.min(1, bar.count / whole) : 0)
  const percent = (bar: Bar) => `${Math.round(share(bar) * 100)} %`
  return (
    <figure
      class="bars"
      data-stage={stage || undefined}
      data-keyed={bars.some(bar => bar.right) || undefined}
      aria-labelledby={titleId}
    >
      <figcaption class="bars-head">
        <span class="bars-title" id={titleId}>
          {title}
        </span>
        <span class="muted figures">{summary}</span>
      </figcaption>
      {asTable ? (
        <BarsTable bars={bars} percent={percent} label={title} />
      ) : (
        // biome-ignore lint/a11y/noRedundantRoles: Safari forgets that a list without bullets is one.
        <ul class="bars-list" role="list">
          {bars.map(bar => (
            <li class="bar" key={bar.key} data-letter={bar.letter} data-right={bar.right || undefined}>
              {bar.letter && <AnswerMark letter={bar.letter} size={stage ? 'em' : 24} />}
              <div class="bar-body">
                <div class="bar-words">
                  <span class="bar-label">
                    {bar.letter && <span class="visually-hidden">{bar.letter}. </span>}
                    {inOwnDirection(bar.label)}
                    {bar.right && (
                      <span class="bar-right">
                        <Icon as={Check} />
                        {t('ui.correct')}
                      </span>
                    )}
                    {bar.mine && <span class="bar-mine">{t('ui.picked')}</span>}
                  </span>
                  <span class="bar-figures figures">
                    <strong>{bar.count}</strong> <span class="muted">{percent(bar)}</span>
                  </span>
                </div>
                <div class="bar-track">
                  <div class="bar-fill" style={{ inlineSize: `${share(bar) * 100}%` }} />
                </div>
              </div>
            </li>
          ))}
        </ul>
      )}
      {!stage && <Switch label={t('ui.showTable')} checked={asTable} onChecked={setAsTable} />}
    </figure>
  )
}

type BarsTableProps = { readonly bars: readonly Bar[]; readonly percent: (bar: Bar) => string; readonly label: string }

function BarsTable({ bars, percent, label }: BarsTableProps) {
  return (
    <table class="bars-table" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t('ui.option')}</th>
          <th scope="col" data-numeric>
            {t('ui.answers')}
          </th>
          <th scope="col" data-numeric>
            {t('ui.share')}
          </th>
        </tr>
      </thead>
      <tbody>
        {bars.map(bar => (
          <tr key={bar.key}>
            <th scope="row">
              {bar.letter ? `${bar.letter}. ` : ''}
              {bar.label}
              {bar.right ? ` (${t('ui.correct')})` : ''}
            </th>
            <td data-numeric>{bar.count}</td>
            <td data-numeric>{percent(bar)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
