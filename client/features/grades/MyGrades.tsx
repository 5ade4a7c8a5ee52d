// A learner's own grades in a course: the total with its calculation, then each column. What changes shows by itself.
import { ChartNoAxesColumn } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { person } from '#client/app/frame.ts'
import { pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Card, Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { InputBefore, Output } from '#protocol/base/call.ts'
import type { Scale as GradeScale } from '#protocol/grades/scale.ts'
import { type GradeItem, gradeRoutes } from '#protocol/grades.ts'
import { emptyWords } from './empty.ts'
import { Grade } from './Grade.tsx'
import { latenessWords } from './late.ts'
import { markedPath } from './marked.ts'
import { useScale } from './scales.ts'
import { TotalView } from './TotalView.tsx'
import { useGradesTurn } from './turn.ts'
import './Grades.css'

/** Read, and read again after each word. */
export function MyGrades({ courseId }: { readonly courseId: string }) {
  const mine = useLoad(courseId, () => request(gradeRoutes.mine, { courseId } as InputBefore<typeof gradeRoutes.mine>))
  useGradesTurn(mine.reload)
  const scale = useScale(courseId)
  if (!mine.value || !scale) {
    return mine.problem ? (
      <ErrorState title={problemWords(mine.problem)} requestId={mine.problem.requestId} onRetry={mine.reload} />
    ) : (
      <Skeleton form="rows" />
    )
  }
  return <MyGradesList courseId={courseId} mine={mine.value} scale={scale} meId={person.value?.id ?? ''} />
}

/** A learner's own list, from the state alone. */
export function MyGradesList({
  courseId,
  mine,
  scale,
  meId,
}: {
  readonly courseId: string
  readonly mine: Output<typeof gradeRoutes.mine>
  readonly scale: GradeScale
  readonly meId: string
}) {
  if (mine.gradeItems.length === 0) {
    return (
      <EmptyState icon={ChartNoAxesColumn} title={t('grades.emptyMine')}>
        {t('grades.emptyMineDetail')}
      </EmptyState>
    )
  }
  const hrefOf = ({ id: gradeItemId, marked }: GradeItem, graded: boolean): string | undefined =>
    marked
      ? markedPath(marked.kind, { courseId, refId: marked.refId, accountId: null })
      : graded
        ? pathTo('grade', { courseId, gradeItemId, accountId: meId })
        : undefined
  const { total } = mine
  return (
    <>
      {total && <TotalView total={total} scale={scale} items={mine.gradeItems} />}
      <Columns titled={total !== null}>
        <Card flush>
          <List>
            {mine.gradeItems.map(item => {
              const cell = mine.cells.find(one => one.gradeItemId === item.id)
              const late = latenessWords(cell?.late)
              return (
                <Row
                  key={item.id}
                  title={item.title}
                  detail={
                    <>
                      <Time at={item.at} form="day" />
                      {cell &&
                        !item.marked &&
                        ` · ${t('grades.answeredOf', { answered: cell.answered, asked: cell.asked })}`}
                      {late && ` · ${late}`}
                    </>
                  }
                  end={
                    <span class="grade-mine figures">
                      {cell?.score === null ? (
                        <span class="muted">{t('grades.held')}</span>
                      ) : cell ? (
                        <Grade form="row" scale={scale} score={cell.score} points={cell.points} />
                      ) : (
                        emptyWords(mine.empty.find(one => one.gradeItemId === item.id)?.why)
                      )}
                    </span>
                  }
                  href={hrefOf(item, cell !== undefined)}
                />
              )
            })}
          </List>
        </Card>
      </Columns>
    </>
  )
}

/** Under a heading of their own where the total stands above them. */
function Columns({ titled, children }: { readonly titled: boolean; readonly children: ComponentChildren }) {
  return titled ? <Section title={t('grades.each')}>{children}</Section> : children
}
