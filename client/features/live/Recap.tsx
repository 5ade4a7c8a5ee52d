// What was asked in a class and what the reader answered, question by question; what was right only where the server
// told it.
import { kindParts } from '#client/features/activities/kinds/registry.ts'
import { AnswerLine } from '#client/features/questions/AnswerLine.tsx'
import { typeParts } from '#client/features/questions/types/registry.ts'
import { dayAndTime } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import type { RecapItem } from '#protocol/live/report.ts'
import { recapLine } from './reached.ts'

/** The list. */
export function Recap({ items }: { readonly items: readonly RecapItem[] }) {
  return (
    <ol class="class-recap">
      {items.map(item => {
        const { givenWords, keyWords } = typeParts[item.asked.type]
        return (
          <li key={`${item.deliveryId} ${item.itemId}`}>
            <p class="prompt">{item.asked.body.prompt}</p>
            <AnswerLine line={recapLine(item, kindParts[item.kind].keyed ? 'has a key' : 'has none')} />
            {item.move && (
              <p class="muted class-recap-answer">
                {t('live.recapYou', { answer: givenWords(item.asked, item.move) })}
              </p>
            )}
            {item.corrected && (
              <p class="class-recap-corrected">
                {t('grades.corrected', { when: dayAndTime(item.corrected.at) })}
                {item.corrected.note && <span class="muted"> · {item.corrected.note}</span>}
              </p>
            )}
            {item.result && (
              <p class="muted">{t('live.recapRight', { answer: keyWords(item.asked, item.result.key) })}</p>
            )}
          </li>
        )
      })}
    </ol>
  )
}
