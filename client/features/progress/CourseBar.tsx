// How far the person is, on the course home and on its card; nothing for those who do not learn there.
import { useEffect } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import { Progress } from '#client/ui/Progress.tsx'
import { CourseOfMine } from './CourseStanding.tsx'
import { progressTurn, refreshSums, sums } from './store.ts'
import './progress.css'

interface BarProps {
  readonly courseId: string
}

function useSum(courseId: string) {
  const turn = progressTurn.value
  useEffect(() => void refreshSums(), [turn])
  return sums.value.get(courseId)
}

/** On a card of the list: the bar alone, for the card is a link already. */
export function CardBar({ courseId }: BarProps) {
  const sum = useSum(courseId)
  if (!sum || sum.of === 0) return null
  return <Progress label={t('progress.bar')} value={sum.done} max={sum.of} words={barWords(sum)} />
}

/** On the course home: leads to the page that says what is behind it; and how far they are with the course as a whole. */
export function HomeBar({ courseId }: BarProps) {
  const sum = useSum(courseId)
  if (!sum) return null
  return (
    <>
      {sum.of > 0 && (
        <a class="progress-home" href={pathTo('progress', { courseId })}>
          <Progress label={t('progress.bar')} value={sum.done} max={sum.of} words={barWords(sum)} />
        </a>
      )}
      <CourseOfMine courseId={courseId} />
    </>
  )
}

/** The figure of a bar in words. */
export const barWords = ({ done, of }: { readonly done: number; readonly of: number }): string =>
  done === of ? t('progress.barAll', { count: of }) : t('progress.barWords', { done, of })
