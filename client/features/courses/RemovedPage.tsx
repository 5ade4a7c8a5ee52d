// What was removed from the outline of a course, and by whom; from here it comes back. What anybody removes or brings back
// meanwhile shows at once.
import { ArchiveRestore, Circle, ListTree, Undo2 } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad, useReload } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
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
  const input = { courseId, ...(words === '' ? {} : { search: words }) }
  const list = useLoad(JSON.stringify(input), () => listRemoved(input))
  useReload(list, view.head.value + view.backstageHead.value)
  const [more, setMore] = useState<readonly RemovedThing[]>([])
  const [next, setNext] = useState<string>()
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    setMore([])
    setNext(list.value?.next)
  }, [list.value])
  const things = [...(list.value?.items ?? []), ...more]

  const showMore = async () => {
    setBusy(true)
    try {
      const page = await listRemoved({ ...input, ...(next ? { after: next } : {}) })
      setMore([...more, ...page.items])
      setNext(page.next)
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    } finally {
      setBusy(false)
    }
  }

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
      {!list.value ? (
        list.problem ? (
          <ErrorState
            title={t('courses.removedFailed')}
            detail={problemWords(list.problem)}
            requestId={list.problem.requestId}
            onRetry={list.reload}
          />
        ) : (
          <Skeleton form="rows" />
        )
      ) : (
        <div class="stack">
          {(words !== '' || things.length >= worthSearching || next !== undefined) && (
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
          {things.length === 0 && next === undefined ? (
            <EmptyState
              icon={ArchiveRestore}
              title={words === '' ? t('courses.removedEmpty') : t('courses.removedNoMatch', { search: words })}
            >
              {words === '' ? t('courses.removedEmptyLead') : t('courses.noMatch')}
            </EmptyState>
          ) : (
            <div class="card" data-flush>
              <List label={t('courses.removedTitle')}>
                {things.map(one => (
                  <RemovedRow key={one.id} courseId={courseId} thing={one} />
                ))}
              </List>
            </div>
          )}
          {next !== undefined && (
            <div>
              <Button busy={busy} onClick={() => void showMore()}>
                {t('courses.more')}
              </Button>
            </div>
          )}
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
