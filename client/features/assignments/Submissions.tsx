// Everybody's work at an assignment, for staff: how it stands. What is handed in shows as it comes.
import { pathTo } from '#client/app/paths.ts'
import { LearnerList } from '#client/features/courses/LearnerList.tsx'
import { score } from '#client/features/grades/numbers.ts'
import { t } from '#client/platform/texts.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Badge } from '#client/ui/Badge.tsx'
import { ButtonLink } from '#client/ui/Button.tsx'
import { Figures } from '#client/ui/Figures.tsx'
import { Row } from '#client/ui/List.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { SubmissionCounts, SubmissionFilter, SubmissionRow } from '#protocol/assignments/submissions.ts'
import { type Assignment, assignmentScope } from '#protocol/assignments.ts'
import { listSubmissions, submissionsFile } from './store.ts'
import { lateWords, statusTones, statusWords } from './words.ts'

export function Submissions({ assignment }: { readonly assignment: Assignment }) {
  const of = { courseId: assignment.courseId, assignmentId: assignment.id }
  const told = useScope(assignmentScope, assignment.id).head.value
  const pathOf = (accountId: string, filter: SubmissionFilter) =>
    pathTo('submission', { ...of, accountId }, filter === 'all' ? {} : { filter })
  return (
    <LearnerList
      title={t('assignments.submissions')}
      loadFailed={t('assignments.submissionsFailed')}
      of={assignment.id}
      load={asked => listSubmissions({ ...of, ...asked })}
      turn={`${told}`}
      filters={filtersOf}
      line={(row, filter) => (
        <Line key={row.accountId} row={row} points={assignment.points} href={pathOf(row.accountId, filter)} />
      )}
      actions={
        <ButtonLink size="small" kind="quiet" href={submissionsFile(of)} download="">
          {t('assignments.download')}
        </ButtonLink>
      }
      above={(counts, show) => (
        <Figures
          figures={[
            {
              label: t('assignments.toMark'),
              count: counts['handed-in'] + counts.late,
              onPress: () => show('to-mark'),
            },
            { label: t('assignments.statusNone'), count: counts.none, onPress: () => show('none') },
            { label: t('assignments.statusLate'), count: counts.late, onPress: () => show('late') },
            { label: t('assignments.statusMarked'), count: counts.marked, onPress: () => show('marked') },
          ]}
        />
      )}
      beside={rows => {
        const first = rows.find(one => one.status === 'handed-in' || one.status === 'late')
        return (
          first && (
            <ButtonLink kind="primary" href={pathOf(first.accountId, 'to-mark')}>
              {t('assignments.startMarking')}
            </ButtonLink>
          )
        )
      }}
    />
  )
}

function filtersOf(counts: SubmissionCounts): { value: SubmissionFilter; label: string }[] {
  const { none, late, marked } = counts
  const inTime = counts['handed-in']
  return [
    { value: 'all', label: t('assignments.filterAll', { count: none + inTime + late + marked }) },
    { value: 'to-mark', label: t('assignments.filterToMark', { count: inTime + late }) },
    { value: 'none', label: t('assignments.filterNone', { count: none }) },
    { value: 'handed-in', label: t('assignments.filterHandedIn', { count: inTime }) },
    { value: 'late', label: t('assignments.filterLate', { count: late }) },
    { value: 'marked', label: t('assignments.filterMarked', { count: marked }) },
  ]
}

interface LineProps {
  readonly row: SubmissionRow
  readonly points: string
  readonly href: string
}

function Line({ row, points, href }: LineProps) {
  const { name, accountId, status, at, lateSeconds } = row
  return (
    <Row
      start={<Avatar name={name} seed={accountId} size={32} />}
      title={name}
      href={href}
      detail={
        at !== null && (
          <>
            <Time at={at} form="dayAndTime" />
            {lateSeconds !== null && ` · ${t('assignments.lateBy', { late: lateWords(lateSeconds) })}`}
          </>
        )
      }
      end={
        <>
          {row.grade !== null && (
            <span class="figures">
              {t('assignments.score', { score: score(row.grade), points: score(points) })}
              {row.score !== null && Number(row.score) !== Number(row.grade) && (
                <span class="muted"> ({t('grading.ofMark', { score: score(row.score) })})</span>
              )}
            </span>
          )}
          {row.missing ? (
            <Badge tone="bad">{t('grading.missing')}</Badge>
          ) : (
            <Badge tone={statusTones[status]}>{statusWords(status)}</Badge>
          )}
        </>
      }
    />
  )
}
