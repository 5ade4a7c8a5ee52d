// How a grade comes of a mark that came late: the mark, what was taken off, what is left.
import { t } from '#client/platform/texts.ts'
import type { Lateness } from '#protocol/grades/late.ts'
import { lateWords } from './late.ts'
import { score as shown, written } from './numbers.ts'
import './Grades.css'

export type LateLinesProps = {
  readonly late: Extract<Lateness, { is: 'late' }>
  /** What is left, and what there is to have. */
  readonly grade: string
  readonly points: string
}

/** Three lines of figures. */
export function LateLines({ late, grade, points }: LateLinesProps) {
  return (
    <table class="arithmetic figures" aria-label={t('grading.arithmetic')}>
      <tbody>
        <tr>
          <th scope="row">{t('grading.markRow')}</th>
          <td />
          <td>{written(late.given)}</td>
        </tr>
        <tr>
          <th scope="row">{t('grading.lateRow')}</th>
          <td class="muted">
            {late.waived ? t('grading.lateWaived', { late: lateWords(late.seconds) }) : lateWords(late.seconds)}
          </td>
          <td>{Number(late.deducted) === 0 ? written('0') : `−${written(late.deducted)}`}</td>
        </tr>
        <tr class="arithmetic-sum">
          <th scope="row">{t('grading.gradeRow')}</th>
          <td />
          <td>{t('grades.partOf', { score: written(grade), of: shown(points) })}</td>
        </tr>
      </tbody>
    </table>
  )
}
