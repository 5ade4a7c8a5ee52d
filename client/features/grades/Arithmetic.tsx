// A grade written out so that anybody can add it up: the part for taking part, the part for being right, the whole.
import { t } from '#client/platform/texts.ts'
import type { GradeParts } from '#protocol/grades.ts'
import { score as shown, written } from './numbers.ts'
import './Grades.css'

export type ArithmeticProps = {
  readonly parts: GradeParts
  readonly score: string
  readonly points: string
}

const of = (score: string, whole: string) => t('grades.partOf', { score: written(score), of: shown(whole) })

/** Three lines of figures, all on the scale of the column. */
export function Arithmetic({ parts: { taking, right }, score, points }: ArithmeticProps) {
  const reduced = taking.caughtUp > 0 && taking.catchUp < 100
  return (
    <table class="arithmetic figures" aria-label={t('grades.arithmetic')}>
      <tbody>
        <tr>
          <th scope="row">{t('grades.participation')}</th>
          <td class="muted">
            {t('grades.tookPartOf', { answered: taking.answered, asked: taking.asked })}
            {reduced && ` (${t('grades.caughtUpOf', { count: taking.caughtUp, percent: taking.catchUp })})`}
          </td>
          <td>{of(taking.score, taking.of)}</td>
        </tr>
        {right && (
          <tr>
            <th scope="row">{t('grades.correctness')}</th>
            <td class="muted">
              {t('grades.earnedOf', { earned: shown(right.earned), possible: shown(right.possible) })}
            </td>
            <td>{of(right.score, right.of)}</td>
          </tr>
        )}
        <tr class="arithmetic-sum">
          <th scope="row">{t('grades.together')}</th>
          <td />
          <td>{of(score, points)}</td>
        </tr>
      </tbody>
    </table>
  )
}
