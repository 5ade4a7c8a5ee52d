// A course's forum: its topics in the order one likes, what was asked in class, and for staff what waits for an answer.
import { useLocation } from 'preact-iso/router'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { LinkTabs } from '#client/ui/Tabs.tsx'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import { CourseQuestions } from './CourseQuestions.tsx'
import { ForumBoard } from './ForumBoard.tsx'

/** /courses/:courseId/forum?view=asked&new=1 */
export function ForumPage({ params: { courseId }, query }: PageProps<'forum'>) {
  const { route: go } = useLocation()
  const channels = useLoad(courseId, () => request(inboxRoutes.list, { courseId }))
  const entry = channels.value?.items.find(one => one.channel.form === 'forum')
  if (!entry) {
    return channels.problem ? (
      <ErrorState
        page
        title={t('forum.loadFailed')}
        detail={problemWords(channels.problem)}
        requestId={channels.problem.requestId}
        onRetry={channels.reload}
      />
    ) : (
      <Skeleton form="page" />
    )
  }
  const view = query.view === 'asked' ? 'all' : query.view === 'unanswered' ? 'unanswered' : undefined
  const href = (name?: string) => pathTo('forum', { courseId }, name ? { view: name } : {})
  const tabs = [
    { label: t('forum.tabForum'), href: href() },
    { label: t('forum.tabAsked'), href: href('asked') },
    ...(entry.mayModerate ? [{ label: t('forum.tabUnanswered'), href: href('unanswered') }] : []),
  ]
  return (
    <ForumBoard
      courseId={courseId}
      entry={entry}
      begins={query.new === '1'}
      onBegins={() => go(href(), true)}
      instead={view && <CourseQuestions courseId={courseId} show={view} />}
      frame={(acts, body) => (
        <div class="stack-loose forum">
          <PageHeader
            title={t('forum.title')}
            parent={{ label: entry.place?.title ?? '', href: pathTo('course', { courseId }) }}
            lead={t('forum.lead')}
            actions={acts}
          />
          <LinkTabs label={t('forum.views')} tabs={tabs} current={href(view && query.view)} />
          {body}
        </div>
      )}
    />
  )
}
