// A grade as its course shows it: points, percent or the name of a band. The one place that turns a grade into words on a
// screen; the rule is in protocol/grades/scale.ts.
import { t } from '#client/platform/texts.ts'
import { type Scale, type Scored, shownGrade } from '#protocol/grades/scale.ts'
import { score as figure } from './numbers.ts'
import { useScale } from './scales.ts'

/** In words: "17.5", "87.5 %", "B". */
export function gradeWords(scale: Scale, grade: Scored): string {
  const shown = shownGrade(scale, grade)
  if (shown.as === 'points') return figure(shown.score)
  return shown.as === 'percent' ? t('grading.percent', { percent: figure(shown.percent) }) : shown.name
}

export interface GradeProps extends Scored {
  readonly scale: Scale
  /** row: "17.5 of 20" with the first word strong. large: as the one figure of a page. plain: "17.5" alone. */
  readonly form: 'row' | 'large' | 'plain'
}

/** The words, and for bands the points behind them where there is room. */
export function Grade({ scale, score, points, form }: GradeProps) {
  const shown = shownGrade(scale, { score, points })
  const words = gradeWords(scale, { score, points })
  const beside =
    shown.as === 'points'
      ? t('grades.outOf', { points: figure(points) })
      : t('grades.scoreOf', { score: figure(score), points: figure(points) })
  if (form === 'plain') return <span dir="auto">{words}</span>
  if (form === 'row')
    return (
      <>
        <strong dir="auto">{words}</strong> {beside}
      </>
    )
  return (
    <p class="grade-figure figures">
      <span dir="auto">{words}</span>
      <span class="muted"> {beside}</span>
    </p>
  )
}

/** The same where a page knows the course alone; nothing until its scale is known. */
export function CourseGrade({ courseId, ...grade }: Omit<GradeProps, 'scale'> & { readonly courseId: string }) {
  const scale = useScale(courseId)
  return scale ? <Grade scale={scale} {...grade} /> : null
}
