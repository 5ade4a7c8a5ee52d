// After the class, for the one who took part: the own result and the way to every answer behind it.
import { useEffect } from 'preact/hooks'
import { person } from '#client/app/frame.ts'
import { pathTo } from '#client/app/paths.ts'
import { score } from '#client/features/grades/numbers.ts'
import { AnswerLine } from '#client/features/questions/AnswerLine.tsx'
import { answerWords } from '#client/features/questions/answer-line.ts'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { ButtonLink } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import type { InputBefore, Output } from '#protocol/base/call.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import type { Run } from '#protocol/live.ts'
import { ClassNote } from './ParticipantView.tsx'
import type { Remembered } from './remembered.ts'

type Mine = Output<typeof gradeRoutes.mine>

/** The cell of this class among a person's own: the column of the same title that was made when the class began. */
export function cellOfRun(run: Run, mine: Mine): Mine['cells'][number] | undefined {
  const near = (at: string) => Math.abs(Date.parse(at) - Date.parse(run.startedAt))
  const item = mine.gradeItems.filter(one => near(one.at) < 60_000).sort((a, b) => near(a.at) - near(b.at))[0]
  return item && mine.cells.find(one => one.gradeItemId === item.id)
}

export type EndedViewProps = {
  readonly run: Run
  readonly mine: Mine | undefined
  readonly loading: boolean
  readonly meId: string
  readonly guest: boolean
  readonly notices: readonly string[]
  readonly answers: readonly Remembered[]
}

/** The ended class from the state alone. */
export function EndedView({ run, mine, loading, meId, guest, notices, answers }: EndedViewProps) {
  const cell = mine && cellOfRun(run, mine)
  return (
    <ClassNote>
      {notices.map(notice => (
        <Banner tone="warn" key={notice}>
          {notice}
        </Banner>
      ))}
      <div>
        <h2>{t('live.endedTitle')}</h2>
        <p class="muted">{t('live.endedDetail')}</p>
      </div>
      {loading && !mine ? (
        <Skeleton form="block" />
      ) : cell && cell.asked > 0 ? (
        <div class="class-result">
          <p class="muted">{t('live.yourResult')}</p>
          <p class="class-result-score figures">
            {t('activities.scoreOf', { score: score(cell.score), points: score(cell.points) })}
          </p>
          <p class="muted figures">{t('live.answeredOf', { answered: cell.answered, total: cell.asked })}</p>
        </div>
      ) : (
        answers.length === 0 && <p class="muted">{t('live.noAnswers')}</p>
      )}
      {answers.length > 0 && (
        <Section title={t('live.yourAnswers')}>
          <ol class="class-recap">
            {answers.map(one => (
              <li key={one.itemId}>
                <p class="prompt">{one.prompt}</p>
                <AnswerLine line={answerWords('revealed', { is: 'sent' }, one.verdict)} />
              </li>
            ))}
          </ol>
        </Section>
      )}
      <div class="cluster">
        {cell && (
          <ButtonLink
            kind="primary"
            href={pathTo('grade', { courseId: run.courseId, gradeItemId: cell.gradeItemId, accountId: meId })}
          >
            {t('live.seeGrade')}
          </ButtonLink>
        )}
        {!guest && (
          <ButtonLink href={pathTo('course', { courseId: run.courseId })}>{t('live.backToCourse')}</ButtonLink>
        )}
      </div>
    </ClassNote>
  )
}

type EndedProps = { readonly run: Run; readonly notices: readonly string[]; readonly answers: readonly Remembered[] }

/** Reads the own result. A guest has no grade, but what they answered is remembered here. */
export function Ended({ run, notices, answers }: EndedProps) {
  const me = person.value
  const mine = useLoad(me && !me.guest ? `${run.courseId} ${run.endedAt ?? ''}` : null, () =>
    request(gradeRoutes.mine, { courseId: run.courseId } as InputBefore<typeof gradeRoutes.mine>),
  )
  useEffect(() => {
    const timers = again.map(ms => setTimeout(mine.reload, ms))
    return () => timers.forEach(clearTimeout)
  }, [mine.reload])
  return (
    <EndedView
      run={run}
      mine={mine.value}
      loading={mine.loading}
      meId={me?.id ?? ''}
      guest={me?.guest ?? true}
      notices={notices}
      answers={answers}
    />
  )
}

/** The grades stand a moment after the class has ended: they are read again so much later, in milliseconds. */
const again = [1_500, 5_000]
