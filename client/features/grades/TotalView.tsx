// What somebody's grades come to, with the calculation written out: a line a category, what was left out, the total.
import { t } from '#client/platform/texts.ts'
import { Card, Section } from '#client/ui/Card.tsx'
import type { Scale } from '#protocol/grades/scale.ts'
import { scoredTotal, type Total, type TotalGroup } from '#protocol/grades/total.ts'
import type { GradeItem } from '#protocol/grades.ts'
import { Grade } from './Grade.tsx'
import { score } from './numbers.ts'
import './Grades.css'
import './Grading.css'

export type TotalViewProps = {
  readonly total: Total
  readonly scale: Scale
  readonly items: readonly GradeItem[]
}

const percent = (figure: string) => t('grading.percent', { percent: score(figure) })

function madeOf({ by, sum, groups }: Total): string {
  if (by === 'weights') return t('grading.totalByWeights')
  if (sum) return t('grading.totalByPoints', { score: score(sum.score), points: score(sum.points) })
  return t('grading.totalByColumns', { count: groups.reduce((count, one) => count + one.counted.length, 0) })
}

/** The total of the figures on this page. */
export function TotalView({ total, scale, items }: TotalViewProps) {
  const titled = total.groups.some(one => one.categoryId !== null)
  return (
    <Section title={t('grading.totalSoFar')}>
      <Card>
        <div class="grade-sum">
          <TotalFigure total={total} scale={scale} />
          <div class="grade-sum-words">
            <p>{madeOf(total)}</p>
            {titled && <Lines total={total} items={items} />}
            <p class="muted grade-small">{t('grading.totalOnlyTold')}</p>
          </div>
        </div>
      </Card>
    </Section>
  )
}

/** A percent without points stands for itself: "86.5 %", not "86.5 of 100". */
function TotalFigure({ total, scale }: Pick<TotalViewProps, 'total' | 'scale'>) {
  const as = total.sum === null && scale.shows === 'points' ? { ...scale, shows: 'percent' as const } : scale
  if (as.shows === 'points') return <Grade form="large" scale={as} {...scoredTotal(total)} />
  return (
    <p class="grade-figure figures">
      <Grade form="plain" scale={as} {...scoredTotal(total)} />
      {as.shows === 'bands' && <span class="muted"> {percent(total.percent)}</span>}
    </p>
  )
}

function Lines({ total, items }: Pick<TotalViewProps, 'total' | 'items'>) {
  return (
    <table class="arithmetic total-table figures" aria-label={t('grading.totalHow')}>
      <tbody>
        {total.groups.map(group => (
          <Line key={group.categoryId ?? 'rest'} group={group} items={items} />
        ))}
        <tr class="arithmetic-sum">
          <th scope="row">{t('grades.total')}</th>
          <td />
          <td>{percent(total.percent)}</td>
        </tr>
      </tbody>
    </table>
  )
}

function Line({ group, items }: { readonly group: TotalGroup; readonly items: readonly GradeItem[] }) {
  const titles = group.dropped.map(id => items.find(one => one.id === id)?.title ?? '').join(', ')
  return (
    <tr>
      <th scope="row">
        <span dir="auto">{group.title ?? t('grading.totalRest')}</span>
        {titles !== '' && <p class="muted total-left">{t('grading.totalDropped', { titles })}</p>}
      </th>
      <td class="muted">
        {t('grades.scoreOf', { score: score(group.score), points: score(group.points) })}
        {group.weight !== null && ` · ${t('grading.totalGroupWeight', { weight: score(group.weight) })}`}
      </td>
      <td>{percent(group.percent)}</td>
    </tr>
  )
}
