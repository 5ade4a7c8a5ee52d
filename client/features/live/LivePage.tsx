// What is live now for this person, the code of any other class, and what comes next where nothing is live.
import { Activity, Radio } from 'lucide-preact'
import { useEffect } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { me } from '#client/features/accounts/store.ts'
import { NextClass } from '#client/features/calendar/NextClass.tsx'
import { LiveBanner } from '#client/features/courses/LiveBanner.tsx'
import { audienceIn, useMyCourses } from '#client/features/courses/mine.ts'
import { itemKind } from '#client/features/courses/registry.ts'
import { useCoursesHeads } from '#client/features/courses/use-heads.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { todayRoutes } from '#protocol/today.ts'
import { JoinForm } from './JoinForm.tsx'
import './JoinPage.css'

/** /live */
export function LivePage(_: PageProps<'live'>) {
  const turn = useMyCourses()
  const heads = useCoursesHeads()
  const { value, problem, reload } = useLoad('live', () => request(todayRoutes.list, {}))
  useEffect(() => {
    if (turn > 0 || heads > 0) reload()
  }, [turn, heads])
  const live = value?.items.filter(one => one.kind === 'live')
  return (
    <div class="stack-loose">
      <PageHeader title={t('live.nowTitle')} />
      {problem && !live ? (
        <ErrorState
          title={t('live.nowFailed')}
          detail={problemWords(problem)}
          requestId={problem.requestId}
          onRetry={reload}
        />
      ) : !live ? (
        <Skeleton form="rows" />
      ) : live.length === 0 ? (
        <EmptyState
          icon={Radio}
          title={t(me.value?.siteRole === 'administrator' ? 'live.nowNoneYours' : 'live.nowNone')}
        >
          <NextClass />
        </EmptyState>
      ) : (
        live.map(({ item, title, courseId, courseTitle }) => (
          <LiveBanner
            key={item.refId}
            title={title}
            detail={courseTitle}
            join={courseId && audienceIn(courseId) === 'staff' ? t('courses.liveOpen') : t('today.joinClass')}
            href={
              courseId === null ? undefined : itemKind(item.kind)?.path({ courseId, ...item }, audienceIn(courseId))
            }
          />
        ))
      )}
      {me.value?.siteRole === 'administrator' && (
        <div>
          <ButtonLink icon={Activity} href={pathTo('overview')}>
            {t('live.nowSchool')}
          </ButtonLink>
        </div>
      )}
      <Section title={t('live.nowByCode')}>
        <div class="join-inside">
          <JoinForm quiet />
        </div>
      </Section>
    </div>
  )
}
