// After the class, for the one who took part, guests too: the own result, every answer and, for those of the course, the way to the grade. All of
// it is the server's word; nothing here is remembered by the tab.
import { Trophy } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { person } from '#client/app/frame.ts'
import { pathTo } from '#client/app/paths.ts'
import { GuestBefore } from '#client/features/accounts/GuestBefore.tsx'
import { OwnAttendance } from '#client/features/attendance/MyAttendance.tsx'
import { CourseGrade } from '#client/features/grades/Grade.tsx'
import { useGradesTurn } from '#client/features/grades/turn.ts'
import { NextInCourse } from '#client/features/progress/NextStep.tsx'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { ButtonLink } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Link } from '#client/ui/Link.tsx'
import { announce } from '#client/ui/LiveRegion.tsx'
import { Progress } from '#client/ui/Progress.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import type { OwnGradeCell } from '#protocol/grades.ts'
import type { EndRank } from '#protocol/live/ranks.ts'
import type { CatchUpEntry, RecapItem } from '#protocol/live/report.ts'
import { liveRoutes, type Run } from '#protocol/live.ts'
import { CatchUp } from './CatchUp.tsx'
import { ClassNote } from './ParticipantView.tsx'
import { Recap } from './Recap.tsx'
import { reached } from './reached.ts'

export type EndedViewProps = {
  readonly run: Run
  /** What it came to; null until that is worked out, undefined until it is read. */
  readonly grade: OwnGradeCell | null | undefined
  /** The column of the class is not released yet. */
  readonly heldBack?: boolean | undefined
  /** Undefined until it is read. */
  readonly items: readonly RecapItem[] | undefined
  /** What the reader was given for a class they missed. */
  readonly catchUp?: readonly CatchUpEntry[] | undefined
  readonly ranks?: readonly EndRank[] | undefined
  /** What to do now. */
  readonly next?: ComponentChildren
  readonly loading: boolean
  readonly meId: string
  /** Of its course, where the grade has its page: not who came by the code. */
  readonly ofCourse: boolean
  readonly notices: readonly string[]
}

/** The ended class from the state alone. */
export function EndedView(props: EndedViewProps) {
  const { run, grade, heldBack, items, catchUp = [], ranks = [], next, loading, meId, ofCourse, notices } = props
  const result = reached(grade)
  // Who missed it and has it as homework reads that, and not a list of answers they never gave.
  const missed = catchUp.length > 0 && !items?.some(one => one.move !== null)
  const graded = Boolean(grade) && ofCourse
  const toGrade = (
    <ButtonLink
      kind="primary"
      href={pathTo('grade', { courseId: run.courseId, gradeItemId: run.gradeItemId, accountId: meId })}
    >
      {t('live.seeGrade')}
    </ButtonLink>
  )
  return (
    <ClassNote>
      {notices.map(notice => (
        <Banner tone="warn" key={notice}>
          {notice}
        </Banner>
      ))}
      <div>
        <h2>{t('live.endedTitle')}</h2>
        {!missed && <p class="muted">{t('live.endedDetail')}</p>}
      </div>
      {catchUp.length > 0 && <CatchUp courseId={run.courseId} entries={catchUp} />}
      {result && (
        <div class="class-result">
          <h3 class="class-result-head">{t('live.yourResult')}</h3>
          <p class="class-result-score figures">
            <CourseGrade form="row" courseId={run.courseId} score={result.score} points={result.points} />
          </p>
          <Progress
            label={t('live.answeredOf', { answered: result.answered, total: result.asked })}
            value={result.answered}
            max={result.asked}
          />
          {ranks
            .filter(one => one.points > 0)
            .map(one => (
              <EndedRank key={one.title} rank={one} named={ranks.length > 1} />
            ))}
          {graded && <div class="class-result-go">{toGrade}</div>}
        </div>
      )}
      {heldBack && (
        <div class="class-result">
          <h3 class="class-result-head">{t('live.yourResult')}</h3>
          <p class="grade-held-back">{t('grades.notReleased')}</p>
          <p class="muted">{t('grades.notReleasedWhy')}</p>
        </div>
      )}
      {next}
      {loading && !items ? (
        <Skeleton form="block" />
      ) : (
        items &&
        !missed &&
        !items.some(one => one.move !== null) &&
        !result &&
        !heldBack && <p class="muted">{t('live.noAnswers')}</p>
      )}
      {items && items.length > 0 && !missed && (
        <Section title={t('live.yourAnswers')}>
          <Recap items={items} />
        </Section>
      )}
      <div class="cluster">
        {graded && !result && toGrade}
        {ofCourse && run.noteId && (
          <ButtonLink href={pathTo('note', { courseId: run.courseId, noteId: run.noteId })}>
            {t('live.classNotes')}
          </ButtonLink>
        )}
        {ofCourse ? (
          <ButtonLink href={pathTo('course', { courseId: run.courseId })}>{t('live.backToCourse')}</ButtonLink>
        ) : (
          <ButtonLink href={pathTo('join')}>{t('live.joinAnother')}</ButtonLink>
        )}
      </div>
    </ClassNote>
  )
}

/** Where one ended in the ranks of an activity, by its title where there were several. */
function EndedRank({
  rank: { title, rank, people, points },
  named,
}: {
  readonly rank: EndRank
  readonly named: boolean
}) {
  return (
    <p class="class-result-rank figures">
      <Icon as={Trophy} />
      <span>
        {named && <>{title}: </>}
        <strong>{t('live.ownRank', { rank, people, points })}</strong>
      </span>
    </p>
  )
}

type EndedProps = {
  readonly run: Run
  readonly notices: readonly string[]
  /** Changes when a question was corrected while this stands open. */
  readonly correctedAt: string | undefined
}

/** Reads the own answers and what they came to. */
export function Ended({ run, notices, correctedAt }: EndedProps) {
  const me = person.value
  const guest = me?.guest ?? true
  const end = run.endedAt ?? ''
  const recap = useLoad(`${run.id} ${end}`, () => request(liveRoutes.recap, { runId: run.id }))
  useGradesTurn(recap.reload)
  useEffect(() => {
    if (correctedAt === undefined) return
    announce(t('live.keyCorrected'))
    recap.reload()
  }, [correctedAt])
  useEffect(() => {
    const timers = again.map(ms => setTimeout(recap.reload, ms))
    return () => timers.forEach(clearTimeout)
  }, [recap.reload, correctedAt])
  const ofCourse = recap.value?.ofCourse ?? !guest
  return (
    <EndedView
      run={run}
      grade={recap.value?.grade}
      heldBack={recap.value?.heldBack}
      items={recap.value?.items}
      catchUp={recap.value?.catchUp}
      ranks={recap.value?.ranks}
      next={
        <>
          {me && !guest && <GuestBefore onBrought={recap.reload} />}
          {guest && (
            <p>
              {t('live.guestKeep')} <Link href={pathTo('signIn')}>{t('live.guestSignIn')}</Link>
            </p>
          )}
          {ofCourse && (
            <>
              <OwnAttendance courseId={run.courseId} runId={run.id} />
              <NextInCourse courseId={run.courseId} />
            </>
          )}
        </>
      }
      loading={recap.loading}
      meId={me?.id ?? ''}
      ofCourse={ofCourse}
      notices={correctedAt === undefined ? notices : [...notices, t('live.keyCorrected')]}
    />
  )
}

/** The grades stand a moment after the class has ended or was corrected: they are read again so much later, in milliseconds. */
const again = [1_500, 5_000]
