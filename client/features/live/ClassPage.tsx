// The address of a class: while it runs a participant's screen, afterwards what it left. For staff that is the report,
// which has an address of its own.
import { useEffect } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { me } from '#client/features/accounts/store.ts'
import { audienceIn } from '#client/features/courses/mine.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { runScope } from '#protocol/live.ts'
import { ParticipantPage } from './ParticipantPage.tsx'

/** /class/:runId */
export function ClassPage(props: PageProps<'class'>) {
  const { runId } = props.params
  const { route: go } = useLocation()
  const scope = useScope(runScope, runId)
  const run = scope.state.value?.run
  const staff = run !== undefined && (audienceIn(run.courseId) === 'staff' || me.value?.siteRole === 'administrator')
  const toReport = staff && run.phase === 'ended'
  useEffect(() => {
    if (toReport) go(pathTo('classReport', { runId }), true)
  }, [toReport, runId])
  return toReport || (run === undefined && !scope.problem.value) ? (
    <Skeleton form="page" />
  ) : (
    <ParticipantPage {...props} />
  )
}
