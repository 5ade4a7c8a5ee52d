// Values on a line: a bar for each range of them, the right range as a band where it is told, the same as a table behind
// a switch. The heading says the finding; the colours only help.
import { useId, useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Switch } from '#client/ui/Choice.tsx'
import { binsOf, type HistogramValue } from './histogram-bins.ts'
import './Histogram.css'

export type HistogramProps = {
  /** The finding, e.g. "12 of 30 were right". */
  readonly title: string
  /** How many, in words. */
  readonly summary: string
  readonly values: readonly HistogramValue[]
  readonly unit?: string | undefined
  /** From the reveal on. */
  readonly right?: { readonly from: number; readonly to: number; readonly words: string } | undefined
  /** The reader's own value. */
  readonly mine?: number | undefined
  /** On the stage: large, and without the switch. */
  readonly stage?: boolean | undefined
}

const percent = (share: number): string => `${(Math.min(1, Math.max(0, share)) * 100).toFixed(2)}%`

/** Bars over an axis. */
export function Histogram({ title, summary, values, unit, right, mine, stage = false }: HistogramProps) {
  const [asTable, setAsTable] = useState(false)
  const titleId = useId()
  const { bins, from, to } = binsOf(values, right)
  const most = Math.max(1, ...bins.map(bin => bin.count))
  const place = (value: number): number => (to > from ? (value - from) / (to - from) : 0.5)
  return (
    <figure class="histogram" data-stage={stage || undefined} aria-labelledby={titleId}>
      <figcaption class="bars-head">
        <span class="bars-title" id={titleId}>
          {title}
        </span>
        <span class="muted figures">{summary}</span>
      </figcaption>
      {asTable ? (
        <table class="bars-table" aria-label={title}>
          <thead>
            <tr>
              <th scope="col">{unit ? t('ui.valueIn', { unit }) : t('ui.value')}</th>
              <th scope="col" data-numeric>
                {t('ui.answers')}
              </th>
            </tr>
          </thead>
          <tbody>
            {values.map(value => (
              <tr key={value.label}>
                <th scope="row">
                  {value.label}
                  {value.right ? ` (${t('ui.correct')})` : ''}
                </th>
                <td data-numeric>{value.count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <div class="histogram-chart" dir="ltr">
          <ol class="histogram-bins">
            {bins.map(bin => (
              <li key={bin.label} class="histogram-bin" title={bin.label}>
                <span class="visually-hidden">{`${bin.label}: ${bin.count}`}</span>
                <span class="histogram-count figures" aria-hidden="true">
                  {bin.count > 0 ? bin.count : ''}
                </span>
                <span class="histogram-fill" style={{ blockSize: percent(bin.count / most) }} />
              </li>
            ))}
          </ol>
          <div class="histogram-axis" aria-hidden="true">
            {right && (
              <span
                class="histogram-right"
                style={{
                  insetInlineStart: percent(place(right.from)),
                  inlineSize: `max(4px, ${percent(Math.min(1, place(right.to)) - Math.max(0, place(right.from)))})`,
                }}
              />
            )}
            {mine !== undefined && <span class="histogram-mine" style={{ insetInlineStart: percent(place(mine)) }} />}
          </div>
          <ol class="histogram-marks figures muted" aria-hidden="true">
            {bins.map((bin, at) => (
              <li key={bin.label} data-odd={at % 2 === 1 || undefined}>
                {bin.short}
              </li>
            ))}
          </ol>
        </div>
      )}
      {right && <p class="histogram-words">{t('ui.rightRange', { range: right.words })}</p>}
      {!stage && <Switch label={t('ui.showTable')} checked={asTable} onChecked={setAsTable} />}
    </figure>
  )
}
