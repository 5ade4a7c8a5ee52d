// What was asked in the classes of a course, with the class and the minute; and the queue of what nobody has answered.
import { CheckCheck, MessageCircleQuestion } from 'lucide-preact'
import { useEffect } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { liveRoutes } from '#protocol/live.ts'
import { TopicRow } from './TopicRow.tsx'

export type CourseQuestionsProps = { readonly courseId: string; readonly show: 'all' | 'unanswered' }

/** Read when it opens and whenever the reader comes back to it. */
export function CourseQuestions({ courseId, show }: CourseQuestionsProps) {
  const { rows, problem, reload, more, busy } = usePages(`${courseId} ${show}`, after =>
    request(liveRoutes.qa, { courseId, show, ...(after ? { after } : {}) }),
  )
  useEffect(() => {
    const back = () => {
      if (document.visibilityState === 'visible') reload()
    }
    document.addEventListener('visibilitychange', back)
    return () => document.removeEventListener('visibilitychange', back)
  }, [reload])
  if (!rows) {
    return problem ? (
      <ErrorState title={t('forum.loadFailed')} detail={problemWords(problem)} onRetry={reload} />
    ) : (
      <Skeleton form="rows" />
    )
  }
  if (rows.length === 0)
    return show === 'all' ? (
      <EmptyState icon={MessageCircleQuestion} title={t('forum.emptyAsked')}>
        {t('forum.emptyAskedDetail')}
      </EmptyState>
    ) : (
      <EmptyState icon={CheckCheck} title={t('forum.emptyUnanswered')}>
        {t('forum.emptyUnansweredDetail')}
      </EmptyState>
    )
  return (
    <>
      <ul class="topic-list" aria-label={show === 'all' ? t('forum.tabAsked') : t('forum.tabUnanswered')}>
        {rows.map(({ run, ...listed }) => (
          <TopicRow
            key={listed.topic.id}
            listed={listed}
            href={pathTo('topic', { courseId, topicId: listed.topic.id })}
            mayVote={false}
            place={<bdi>{run ? run.title : t('forum.title')}</bdi>}
          />
        ))}
      </ul>
      <ShowMore onMore={more} busy={busy} problem={problem && problemWords(problem)} />
    </>
  )
}
