// The groups of a course: for staff its sections and sets, one at a time; for learners whom they work with, and where they
// can sign up. Live: a place that somebody else takes is gone at once.
import { Plus, UsersRound } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { LinkTabs } from '#client/ui/Tabs.tsx'
import type { CourseId } from '#protocol/courses.ts'
import { LearnerGroups } from './LearnerGroups.tsx'
import { SetDialog } from './SetDialog.tsx'
import { SetView } from './SetView.tsx'
import { type GroupsView, useGroups } from './store.ts'
import './groups.css'

/** /courses/:courseId/groups, with `?set=` for one set; `sections` for the sections. */
export function GroupsPage({ params, query }: PageProps<'groups'>) {
  const courseId = params.courseId as CourseId
  const view = useGroups(courseId)
  const { course, loaded, problem, staff } = view
  const standing = course.standing
  const refused = standing.value ? problem : (standing.problem ?? problem)
  const mayManage = standing.value?.capabilities.includes('group.manage') ?? false
  const [making, setMaking] = useState(false)
  const { route: go } = useLocation()
  const body = () => {
    if (refused && !loaded)
      return (
        <ErrorState
          title={t('groups.failed')}
          detail={problemWords(refused)}
          requestId={refused.requestId}
          onRetry={staff ? view.people.reload : standing.reload}
        />
      )
    if (!loaded) return <Skeleton form="rows" count={6} />
    if (!staff) return <LearnerGroups courseId={courseId} view={view} />
    return <StaffGroups courseId={courseId} view={view} shown={query.set} mayManage={mayManage} />
  }
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('groups.title')}
        parent={{
          label: course.course.value?.course.title ?? t('courses.title'),
          href: pathTo('course', { courseId }),
        }}
        lead={standing.value && (staff ? t('groups.lead') : t('groups.leadLearner'))}
        actions={
          mayManage && (
            <Button kind="primary" icon={Plus} onClick={() => setMaking(true)}>
              {t('groups.newSet')}
            </Button>
          )
        }
      />
      {body()}
      {making && (
        <SetDialog
          courseId={courseId}
          onClose={() => setMaking(false)}
          onMade={set => go(pathTo('groups', { courseId }, { set: set.id }))}
        />
      )}
    </div>
  )
}

interface StaffGroupsProps {
  readonly courseId: CourseId
  readonly view: GroupsView
  readonly shown: string | undefined
  readonly mayManage: boolean
}

function StaffGroups({ courseId, view, shown, mayManage }: StaffGroupsProps) {
  const { sets, groups } = view
  const at = (set: string) => pathTo('groups', { courseId }, { set })
  const set = sets.find(one => one.id === shown) ?? (shown === 'sections' ? undefined : sets[0])
  const tabs = [
    ...sets.map(one => ({ label: one.name, href: at(one.id), count: groups.filter(g => g.setId === one.id).length })),
    { label: t('groups.sections'), href: at('sections'), count: groups.filter(one => one.setId === null).length },
  ]
  const nothing = sets.length === 0 && shown !== 'sections'
  return (
    <>
      <LinkTabs label={t('groups.sets')} tabs={tabs} current={nothing ? '' : at(set?.id ?? 'sections')} />
      {nothing ? (
        <EmptyState icon={UsersRound} title={t('groups.emptySets')}>
          {t('groups.emptySetsLead')}
        </EmptyState>
      ) : (
        <SetView key={set?.id ?? 'sections'} courseId={courseId} view={view} set={set} mayManage={mayManage} />
      )}
    </>
  )
}
