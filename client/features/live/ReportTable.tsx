// The figures of a class that ended: each question with how it went, and people by questions. It fetches nothing.
import { Check, Minus, PencilLine, X } from 'lucide-preact'
import { useMemo, useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { score } from '#client/features/grades/numbers.ts'
import { dayAndTime } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { type Column, Table } from '#client/ui/Table.tsx'
import { Time } from '#client/ui/Time.tsx'
import { VisuallyHidden } from '#client/ui/VisuallyHidden.tsx'
import type { ReportQuestion, ReportRow } from '#protocol/live/report.ts'
import type { WholeReport } from './ClassReportPage.tsx'
import './Report.css'

const answerOf = (row: ReportRow, question: ReportQuestion) =>
  row.answers.find(one => one.itemId === question.itemId && one.deliveryId === question.deliveryId)

type Mark = 'right' | 'partly' | 'wrong' | 'answered' | 'none'

/** How one person did with one question. */
export function markOf(row: ReportRow, question: ReportQuestion): Mark {
  const found = answerOf(row, question)
  if (!found?.answered) return 'none'
  if (!question.scored) return 'answered'
  const earned = Number(found.score ?? '0')
  return earned <= 0 ? 'wrong' : earned < Number(question.points) ? 'partly' : 'right'
}

/** Each question with the share that answered and was right. */
export function ReportQuestions({
  report: { questions, rows },
  onCorrect,
}: {
  readonly report: WholeReport
  readonly onCorrect: (at: number) => void
}) {
  if (questions.length === 0) return <p class="muted">{t('live.reportNoQuestions')}</p>
  return (
    <div class="card" data-flush>
      <List label={t('live.reportQuestions')}>
        {questions.map((question, at) => {
          const marks = rows.map(row => markOf(row, question))
          const answered = marks.filter(mark => mark !== 'none').length
          const right = marks.filter(mark => mark === 'right').length
          return (
            <Row
              key={`${question.deliveryId} ${question.itemId}`}
              start={<span class="muted figures">{at + 1}</span>}
              title={question.prompt}
              detail={
                <>
                  {question.activityTitle} · {t('live.reportAnswered', { answered, total: rows.length })}
                  {question.scored && answered > 0 && (
                    <> · {t('live.reportRight', { right, percent: Math.round((100 * right) / answered) })}</>
                  )}
                  {question.corrected && <> · {t('grades.corrected', { when: dayAndTime(question.corrected.at) })}</>}
                  {question.ruling !== 'by-key' && (
                    <span class="report-ruling">
                      {question.ruling === 'discarded' ? t('grades.discarded') : t('grades.everybody')}
                    </span>
                  )}
                </>
              }
              end={
                (question.scored || question.ruling === 'discarded') && (
                  <Button size="small" kind="quiet" icon={PencilLine} onClick={() => onCorrect(at)}>
                    {t('grades.correct')}
                  </Button>
                )
              }
            />
          )
        })}
      </List>
    </div>
  )
}

interface ReportTableProps {
  readonly courseId: string
  readonly gradeItemId: string
  readonly questions: readonly ReportQuestion[]
  readonly rows: readonly ReportRow[]
}

const mostHead = 28
const headOf = (question: ReportQuestion, at: number): string => {
  const words = question.prompt.length > mostHead ? `${question.prompt.slice(0, mostHead).trimEnd()}…` : question.prompt
  return `${at + 1}. ${words}`
}

/** People by questions, with the way to each result. */
export function ReportTable({ courseId, gradeItemId, questions, rows }: ReportTableProps) {
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLocaleLowerCase()
  const shown = useMemo(
    () => (wanted === '' ? rows : rows.filter(row => row.name.toLocaleLowerCase().includes(wanted))),
    [rows, wanted],
  )
  const columns = useMemo((): Column<ReportRow>[] => {
    const scored = questions.filter(one => one.scored)
    const rightOf = (row: ReportRow) => scored.filter(one => markOf(row, one) === 'right').length
    return [
      {
        key: 'name',
        head: t('grades.learner'),
        value: row => row.name,
        sortable: true,
        rowHead: true,
        cell: row => (
          <span class="report-name">
            {row.name}
            {row.role === 'guest' && <span class="muted"> ({t('live.reportGuest')})</span>}
          </span>
        ),
      },
      {
        key: 'grade',
        head: t('live.reportResult'),
        value: row => (row.grade ? Number(row.grade.score) : null),
        numeric: true,
        sortable: true,
        cell: row =>
          row.grade ? (
            <a
              class="report-grade"
              href={pathTo('grade', { courseId, gradeItemId, accountId: row.accountId })}
              aria-label={t('live.reportResultOf', {
                name: row.name,
                score: score(row.grade.score),
                points: score(row.grade.points),
              })}
            >
              {score(row.grade.score)} / {score(row.grade.points)}
            </a>
          ) : (
            <span class="muted">–</span>
          ),
      },
      {
        key: 'answered',
        head: t('live.answered'),
        value: row => questions.filter(one => markOf(row, one) !== 'none').length,
        numeric: true,
        sortable: true,
      },
      {
        key: 'right',
        head: t('grades.right'),
        value: rightOf,
        numeric: true,
        sortable: true,
        cell: row => t('live.reportRightOf', { right: rightOf(row), total: scored.length }),
      },
      ...questions.map(
        (question, at): Column<ReportRow> => ({
          key: `${question.deliveryId} ${question.itemId}`,
          head: headOf(question, at),
          value: row => {
            const found = answerOf(row, question)
            if (!found?.answered) return null
            return question.scored ? Number(found.score ?? '0') : t('live.hasAnswered')
          },
          copied: row => {
            const found = answerOf(row, question)
            if (!found?.answered) return t('live.reportNone')
            return question.scored ? Number(found.score ?? '0') : t('live.hasAnswered')
          },
          sortable: true,
          cell: row => <MarkCell mark={markOf(row, question)} />,
        }),
      ),
      {
        key: 'joined',
        head: t('live.reportJoined'),
        value: row => row.joinedAt,
        sortable: true,
        cell: row => <Time at={row.joinedAt} form="clock" />,
      },
    ]
  }, [courseId, gradeItemId, questions])

  return (
    <div class="stack">
      <div class="report-search">
        <Field
          type="search"
          name="search"
          label={t('grades.search')}
          labelHidden
          placeholder={t('grades.search')}
          value={search}
          onValue={setSearch}
        />
      </div>
      <Table
        label={t('live.reportAnswers')}
        columns={columns}
        rows={shown}
        rowKey={row => row.accountId}
        sortBy={{ key: 'name' }}
        empty={<EmptyState title={t('live.reportNoMatch')}>{t('live.reportNoMatchDetail')}</EmptyState>}
      />
    </div>
  )
}

const marks = {
  right: { icon: Check, words: 'grades.right' },
  partly: { icon: Minus, words: 'grades.partly' },
  wrong: { icon: X, words: 'grades.wrong' },
  answered: { icon: Check, words: 'live.hasAnswered' },
} as const

function MarkCell({ mark }: { readonly mark: Mark }) {
  if (mark === 'none')
    return (
      <span class="report-mark muted">
        <span aria-hidden="true">–</span>
        <VisuallyHidden>{t('live.reportNone')}</VisuallyHidden>
      </span>
    )
  const { icon, words } = marks[mark]
  return (
    <span class="report-mark" data-mark={mark} title={t(words)}>
      <Icon as={icon} />
      <VisuallyHidden>{t(words)}</VisuallyHidden>
    </span>
  )
}
