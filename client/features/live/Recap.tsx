// What was asked in a class and what the reader answered, question by question; what was right only where the server
// told it.
import { AnswerLine } from '#client/features/questions/AnswerLine.tsx'
import { optionsOf } from '#client/features/questions/options.ts'
import { t } from '#client/platform/texts.ts'
import type { RecapItem } from '#protocol/live.ts'
import { recapLine } from './reached.ts'

/** The texts of options, in the order of the question. */
const textsOf = ({ asked }: RecapItem, optionIds: readonly string[]): string =>
  optionsOf(asked)
    .filter(option => optionIds.includes(option.id))
    .map(option => option.text)
    .join(', ')

/** The list. */
export function Recap({ items }: { readonly items: readonly RecapItem[] }) {
  return (
    <ol class="class-recap">
      {items.map(item => (
        <li key={`${item.deliveryId} ${item.itemId}`}>
          <p class="prompt">{item.asked.body.prompt}</p>
          <AnswerLine line={recapLine(item)} />
          {item.move && <p class="muted">{t('live.recapYou', { answer: textsOf(item, item.move.optionIds) })}</p>}
          {item.result && (
            <p class="muted">{t('live.recapRight', { answer: textsOf(item, item.result.key.optionIds) })}</p>
          )}
        </li>
      ))}
    </ol>
  )
}
