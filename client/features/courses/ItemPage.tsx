// The frame of a page of one thing in a course: read when it is shown and again when its item says that it changed, taken
// away when it is gone, locked or can not be read, and told to be a draft where it is one.
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { LockedPage } from '#client/features/conditions/LockedPage.tsx'
import { useReleaseTurn } from '#client/features/conditions/store.ts'
import type { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { PageHeader, type ParentPage } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import type { Course, CourseItem } from '#protocol/courses.ts'
import { showItem, useCourse } from './store.ts'

interface ItemRead<T> {
  readonly courseId: string
  /** Of the item in its course. */
  readonly kind: string
  readonly refId: string
  readonly load: () => Promise<T>
  /** What it is called, once it is read. */
  readonly titleOf: (value: T) => string
  /** What any thing of its kind is called. */
  readonly word: PlainTextKey
  /** Another one where there may be something else to read, beside what its item tells. */
  readonly turn?: string | number | undefined
  /** It is being written: what comes meanwhile is read when that ends. */
  readonly still?: boolean | undefined
}

export interface ItemPageHold<T> {
  readonly courseId: string
  readonly course: Course | undefined
  /** Its line in the course; undefined until that is known, and where it was taken away. */
  readonly item: CourseItem | undefined
  readonly home: ParentPage
  /** Undefined while there is nothing to show: `ItemAway` says why. */
  readonly value: T | undefined
  readonly problem: ClientProblem | undefined
  readonly gone: boolean
  readonly reload: () => void
  /** Another one for whatever else of it is to be read again. */
  readonly newest: string
}

/** Reads one thing of a course, and again whenever its item says that it changed, or what opens things is said anew. */
export function useItemPage<T>({
  courseId,
  kind,
  refId,
  load,
  titleOf,
  word,
  turn = '',
  still = false,
}: ItemRead<T>): ItemPageHold<T> {
  const view = useCourse(courseId)
  const { value, problem, reload } = useLoad(refId, load)
  // The item carries the version of what it stands for.
  const item = view.items.value.find(one => one.kind === kind && one.refId === refId)
  // What the reader may do with it is read with it.
  const rights = item && view.rightsIn(item.id).join()
  const newest = `${item?.detail.version} ${item?.published} ${rights} ${useReleaseTurn(courseId)} ${turn}`
  useEffect(() => {
    // Taken out of the course it is told, too.
    if ((item || value) && !still) reload()
  }, [newest, still])
  usePageTitle(value === undefined ? t(word) : titleOf(value))
  const course = view.course.value?.course
  const gone = problem?.code === 'not-found' || view.status.value === 'closed'
  return {
    ...{ courseId, course, item, problem, gone, reload, newest },
    home: { label: course?.title ?? t('courses.courseTitle'), href: pathTo('course', { courseId }) },
    value: gone || problem?.code === 'locked' ? undefined : value,
  }
}

interface ItemAwayProps {
  readonly page: ItemPageHold<unknown>
  readonly goneTitle: PlainTextKey
  readonly goneDetail: PlainTextKey
  readonly loadFailed: PlainTextKey
}

/** In the place of what is not there to show: it is gone, locked, could not be read or is on its way. */
export function ItemAway({ page, goneTitle, goneDetail, loadFailed }: ItemAwayProps) {
  const { problem, home, courseId, reload } = page
  if (page.gone)
    return (
      <div class="stack">
        <PageHeader title={t(goneTitle)} lead={t(goneDetail)} />
        <div>
          <ButtonLink href={home.href}>{home.label}</ButtonLink>
        </div>
      </div>
    )
  if (problem?.code === 'locked') return <LockedPage courseId={courseId} onRetry={reload} />
  if (!problem) return <Skeleton form="page" />
  return (
    <ErrorState
      page
      title={t(loadFailed)}
      detail={problemWords(problem)}
      requestId={problem.requestId}
      onRetry={reload}
    />
  )
}

interface ItemPageProps {
  readonly page: ItemPageHold<unknown>
  readonly title: string
  readonly lead?: ComponentChildren
  /** Buttons, the primary one last. */
  readonly actions?: ComponentChildren
  readonly mayChange: boolean
  /** Says to who may change it that learners do not see it yet. */
  readonly draft: PlainTextKey
  /** In the place of what publishes it at once. */
  readonly publish?: ComponentChildren
  readonly children?: ComponentChildren
}

/** A thing as it is read: its heading, that it is a draft, and what is in it. */
export function ItemPage({ page, title, lead, actions, mayChange, draft, publish, children }: ItemPageProps) {
  const { courseId, item, home } = page
  return (
    <article class="stack-loose">
      <PageHeader title={title} parent={home} lead={lead} actions={actions} />
      {mayChange && item && !item.published && (
        <Banner
          action={
            publish ?? (
              <Button size="small" onClick={() => void showItem(courseId, item, 'published')}>
                {t('content.publish')}
              </Button>
            )
          }
        >
          {t(draft)}
        </Banner>
      )}
      {children}
    </article>
  )
}
