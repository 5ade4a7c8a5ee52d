// How learners got on with a package, for staff. What a package tells shows as it comes.
import { LearnerList } from '#client/features/courses/LearnerList.tsx'
import { score } from '#client/features/grades/numbers.ts'
import { duration } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Badge } from '#client/ui/Badge.tsx'
import { ButtonLink } from '#client/ui/Button.tsx'
import { Row } from '#client/ui/List.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { LearnerCounts, LearnerFilter, LearnerRow } from '#protocol/packages/attempts.ts'
import { type CoursePackage, packageScope } from '#protocol/packages.ts'
import { learnersFile, listLearners } from './store.ts'
import { statusTones, statusWords } from './words.ts'

export function Learners({ shown }: { readonly shown: CoursePackage }) {
  const of = { courseId: shown.courseId, packageId: shown.id }
  const told = useScope(packageScope, shown.id).head.value
  return (
    <LearnerList
      title={t('packages.learners')}
      loadFailed={t('packages.learnersFailed')}
      of={shown.id}
      load={asked => listLearners({ ...of, ...asked })}
      turn={`${told} ${shown.points}`}
      filters={filtersOf}
      line={row => <Line key={row.accountId} row={row} points={shown.points} />}
      actions={
        <ButtonLink size="small" kind="quiet" href={learnersFile(of)} download="">
          {t('packages.download')}
        </ButtonLink>
      }
    />
  )
}

function filtersOf(counts: LearnerCounts): { value: LearnerFilter; label: string }[] {
  const { none, begun, completed, passed, failed } = counts
  return [
    { value: 'all', label: t('packages.filterAll', { count: none + begun + completed + passed + failed }) },
    { value: 'none', label: t('packages.filterNone', { count: none }) },
    { value: 'begun', label: t('packages.filterBegun', { count: begun }) },
    { value: 'completed', label: t('packages.filterCompleted', { count: completed }) },
    { value: 'passed', label: t('packages.filterPassed', { count: passed }) },
    { value: 'failed', label: t('packages.filterFailed', { count: failed }) },
  ]
}

function Line({ row, points }: { readonly row: LearnerRow; readonly points: string }) {
  const { name, accountId, status, attempts, seconds, at } = row
  return (
    <Row
      start={<Avatar name={name} seed={accountId} size={32} />}
      title={name}
      detail={
        at !== null && (
          <>
            {t('packages.attemptsOf', { count: attempts })}
            {seconds > 0 && ` · ${duration(seconds)}`}
            {' · '}
            <Time at={at} form="dayAndTime" />
          </>
        )
      }
      end={
        <>
          {row.score !== null && (
            <span class="figures">{t('packages.score', { score: score(row.score), points: score(points) })}</span>
          )}
          <Badge tone={statusTones[status]}>{statusWords(status)}</Badge>
        </>
      }
    />
  )
}
