// A class that ended, for its staff: when it was, who took part, what each answered, and the chat to read.
import {
  CalendarCheck,
  ChartNoAxesColumn,
  Download,
  MessageCircleQuestion,
  MessageSquare,
  MonitorPlay,
  NotebookPen,
  Users,
} from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { person } from '#client/app/frame.ts'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { ChatPane } from '#client/features/channels/ChatPane.tsx'
import { QaPane } from '#client/features/channels/forum/QaPane.tsx'
import { useChannel } from '#client/features/channels/store.ts'
import { request, requestOf } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Pane } from '#client/ui/Pane.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { InputBefore, Output } from '#protocol/base/call.ts'
import { gradebookScope } from '#protocol/grades.ts'
import type { ReportQuestion, ReportRow } from '#protocol/live/report.ts'
import { liveRoutes, type Run, type RunId } from '#protocol/live.ts'
import { ClassFigures } from './ClassFigures.tsx'
import { CorrectDialog } from './CorrectDialog.tsx'
import { Missed } from './Missed.tsx'
import { ReportQuestions, ReportTable } from './ReportTable.tsx'

export interface WholeReport {
  readonly run: Run
  readonly questions: readonly ReportQuestion[]
  readonly rows: readonly ReportRow[]
}

/** The report comes in pages and is shown whole: it sorts, copies and draws only what is in sight. */
async function wholeReport(runId: RunId): Promise<WholeReport> {
  const rows: ReportRow[] = []
  let questions: readonly ReportQuestion[] = []
  let page: Output<typeof liveRoutes.report> | undefined
  do {
    const input = { runId, limit: 200, ...(page?.next ? { after: page.next } : {}) }
    const first = page === undefined
    page = await request(liveRoutes.report, input as InputBefore<typeof liveRoutes.report>)
    if (first) questions = page.questions
    rows.push(...page.items)
  } while (page.next)
  return { run: page.run, questions, rows }
}

/** /class/:runId/report */
export function ClassReportPage({ params }: PageProps<'classReport'>) {
  const runId = params.runId as RunId
  const { value, problem, reload } = useLoad(runId, () => wholeReport(runId))
  usePageTitle(value?.run.title ?? t('app.classTitle'))
  if (!value) {
    return problem ? (
      <ErrorState
        page
        title={t('live.reportFailed')}
        detail={problemWords(problem)}
        requestId={problem.requestId}
        onRetry={reload}
        action={
          problem.code === 'not-allowed' && (
            <ButtonLink href={pathTo('class', { runId })}>{t('live.goToParticipant')}</ButtonLink>
          )
        }
      />
    ) : (
      <Skeleton form="page" />
    )
  }
  return <Report report={value} onChanged={reload} />
}

/** Moves to the part of the page that holds what a figure counts. */
function goTo(id: string): void {
  const part = document.getElementById(id)
  part?.scrollIntoView({ block: 'start' })
  part?.focus({ preventScroll: true })
}

function Report({ report, onChanged }: { readonly report: WholeReport; readonly onChanged: () => void }) {
  const { run, questions, rows } = report
  const meId = person.value?.id ?? ''
  const channel = useChannel(run.channelId, meId)
  const [pane, setPane] = useState<'chat' | 'qa'>()
  const toggle = (one: 'chat' | 'qa') => setPane(pane === one ? undefined : one)
  const [correcting, setCorrecting] = useState<number | undefined>(undefined)
  const corrected = correcting === undefined ? undefined : questions[correcting]
  // Grades come a moment after the end and may be worked out anew at any time.
  const changes = useScope(gradebookScope, run.courseId).state.value?.changes
  useEffect(() => {
    if (changes === undefined) return
    const timer = setTimeout(onChanged, 300)
    return () => clearTimeout(timer)
  }, [changes, onChanged])

  return (
    <div class="stack-loose">
      <PageHeader
        title={run.title}
        parent={{ label: run.courseTitle, href: pathTo('course', { courseId: run.courseId }) }}
        lead={
          <>
            {t('live.reportHeld')} <Time at={run.startedAt} form="dayAndTime" />
            {run.endedAt && (
              <>
                {' '}
                {t('live.reportTo')} <Time at={run.endedAt} form="clock" />
              </>
            )}{' '}
            · {t('live.reportPeople', { count: rows.length })}
          </>
        }
        actions={
          <>
            <Button icon={MessageSquare} aria-pressed={pane === 'chat'} onClick={() => toggle('chat')}>
              {t('live.openChat')}
            </Button>
            <Button icon={MessageCircleQuestion} aria-pressed={pane === 'qa'} onClick={() => toggle('qa')}>
              {t('forum.openQa')}
            </Button>
            {run.noteId && (
              <ButtonLink icon={NotebookPen} href={pathTo('note', { courseId: run.courseId, noteId: run.noteId })}>
                {t('live.classNotes')}
              </ButtonLink>
            )}
            <ButtonLink icon={Download} href={requestOf(liveRoutes.reportCsv, { runId: run.id }).url} download="">
              {t('grades.download')}
            </ButtonLink>
            <ButtonLink icon={CalendarCheck} href={pathTo('classAttendance', { runId: run.id })}>
              {t('attendance.title')}
            </ButtonLink>
            <ButtonLink icon={ChartNoAxesColumn} href={pathTo('grades', { courseId: run.courseId })}>
              {t('live.seeGradebook')}
            </ButtonLink>
          </>
        }
      />
      {run.phase === 'open' && (
        <Banner
          tone="accent"
          action={
            <ButtonLink icon={MonitorPlay} href={pathTo('remote', { runId: run.id })}>
              {t('live.remote')}
            </ButtonLink>
          }
        >
          {t('live.reportRunning')}
        </Banner>
      )}
      <ClassFigures
        runId={run.id}
        turn={changes}
        onPeople={() => goTo('report-answers')}
        onQuestions={() => goTo('report-questions')}
        onChat={() => setPane('chat')}
      />
      <Missed run={run} turn={changes} />
      <Section title={t('live.reportQuestions')} id="report-questions">
        <ReportQuestions report={report} onCorrect={setCorrecting} />
      </Section>
      <Section title={t('live.reportAnswers')} id="report-answers">
        {rows.length === 0 ? (
          <EmptyState icon={Users} title={t('live.reportNobody')}>
            {t('live.reportNobodyDetail')}
          </EmptyState>
        ) : (
          <ReportTable courseId={run.courseId} gradeItemId={run.gradeItemId} questions={questions} rows={rows} />
        )}
      </Section>
      <Pane open={pane === 'chat'} onClose={() => setPane(undefined)} title={t('channels.chat')}>
        <ChatPane store={channel} meId={meId} mayModerate />
      </Pane>
      <Pane open={pane === 'qa'} onClose={() => setPane(undefined)} title={t('forum.qa')}>
        <QaPane qaId={run.qaId} courseId={run.courseId} moderator mayWrite />
      </Pane>
      {corrected && correcting !== undefined && (
        <CorrectDialog
          question={corrected}
          number={correcting + 1}
          onClose={() => setCorrecting(undefined)}
          onCorrected={onChanged}
        />
      )}
    </div>
  )
}
