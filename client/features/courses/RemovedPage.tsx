// What was removed from the outline of a course, and by whom; from here it comes back. What anybody removes or brings back
// meanwhile shows at once.
import { ArchiveRestore, Circle, ListTree, Undo2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useReload } from '#client/platform/use-load.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { inOwnDirection } from '#client/ui/words.tsx'
import type { RemovedThing } from '#protocol/courses/outline.ts'
import { itemKind } from './registry.ts'
import { listRemoved, restoreThing, useCourse } from './store.ts'

const worthSearching = 9

export function RemovedPage({ params: { courseId } }: PageProps<'courseRemoved'>) {
  const view = useCourse(courseId)
  usePageTitle(t('courses.removedTitle'))
  const [search, setSearch] = useState('')
  const words = search.trim()
  const list = usePages(`${courseId} ${words}`, after =>
    listRemoved({ courseId, ...(words === '' ? {} : { search: words }), ...(after ? { after } : {}) }),
  )
  useReload(list, view.head.value + view.backstageHead.value)
  const { rows, problem, reload } = list

  return (
    <div class="stack-loose">
      <PageHeader
        title={t('courses.removedTitle')}
        lead={t('courses.removedLead')}
        parent={{
          label: view.course.value?.course.title ?? t('app.courseTitle'),
          href: pathTo('course', { courseId }),
        }}
      />
      {!rows ? (
        problem ? (
          <ErrorState
            title={t('courses.removedFailed')}
            detail={problemWords(problem)}
            requestId={problem.requestId}
            onRetry={reload}
          />
        ) : (
          <Skeleton form="rows" />
        )
      ) : (
        <div class="stack">
          {(words !== '' || rows.length >= worthSearching) && (
            <Field
              type="search"
              name="search"
              label={t('courses.removedSearch')}
              labelHidden
              placeholder={t('courses.removedSearch')}
              value={search}
              onValue={setSearch}
            />
          )}
          {rows.length === 0 && list.more === undefined ? (
            <EmptyState
              icon={ArchiveRestore}
              title={words === '' ? t('courses.removedEmpty') : t('courses.removedNoMatch', { search: words })}
            >
              {words === '' ? t('courses.removedEmptyLead') : t('courses.noMatch')}
            </EmptyState>
          ) : (
            <div class="card" data-flush>
              <List label={t('courses.removedTitle')}>
                {rows.map(one => (
                  <RemovedRow key={one.id} courseId={courseId} thing={one} />
                ))}
              </List>
            </div>
          )}
          <ShowMore onMore={list.more} busy={list.busy} problem={problem && problemWords(problem)} />
        </div>
      )}
    </div>
  )
}

/** What it was, where it stood, and who removed it when. */
function RemovedRow({ courseId, thing }: { readonly courseId: string; readonly thing: RemovedThing }) {
  const { title, kind: name, moduleTitle, removedAt, removedBy, holds } = thing
  const [busy, setBusy] = useState(false)
  const kind = name === null ? undefined : itemKind(name)
  const restore = async () => {
    setBusy(true)
    await restoreThing(courseId, thing)
    setBusy(false)
  }
  const what = name === null ? t('courses.removedModule', { count: holds }) : kind ? t(kind.label) : undefined
  return (
    <Row
      start={<Icon as={name === null ? ListTree : (kind?.icon ?? Circle)} size={20} />}
      title={<span class="item-closed">{inOwnDirection(title)}</span>}
      detail={
        <>
          {what && <>{what} · </>}
          {moduleTitle !== null && <>{inOwnDirection(moduleTitle)} · </>}
          {removedBy === null ? t('courses.removedOnce') : t('courses.removedByOne', { name: removedBy })}{' '}
          <Time at={removedAt} form="near" />
        </>
      }
      end={
        <Button
          size="small"
          icon={Undo2}
          busy={busy}
          onClick={() => void restore()}
          aria-label={t('courses.restoreOne', { title })}
        >
          {t('courses.restore')}
        </Button>
      }
    />
  )
}
