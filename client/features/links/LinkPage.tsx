// A link: where it leads in plain sight, and what is there. It opens in a tab of its own and is told nothing of the reader.
import { ExternalLink, Pencil } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { LockedPage } from '#client/features/conditions/LockedPage.tsx'
import { showItem, useCourse } from '#client/features/courses/store.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { LinkForm } from './LinkForm.tsx'
import { changeLink, getLink } from './store.ts'

/** /courses/:courseId/links/:linkId */
export function LinkPage({ params: { courseId, linkId } }: PageProps<'link'>) {
  const view = useCourse(courseId)
  const [editing, setEditing] = useState(false)
  const { value, problem, reload } = useLoad(linkId, () => getLink(courseId, linkId))
  // The item carries the link's version: it says when to read again, and when the link is taken away.
  const item = view.items.value.find(one => one.kind === 'link' && one.refId === linkId)
  const newest = `${item?.detail.version} ${item?.published}`
  useEffect(() => {
    if (item) reload()
  }, [newest])
  usePageTitle(value?.link.title ?? t('links.link'))

  const home = {
    label: view.course.value?.course.title ?? t('courses.courseTitle'),
    href: pathTo('course', { courseId }),
  }
  if (problem?.code === 'not-found' || view.status.value === 'closed')
    return (
      <div class="stack">
        <PageHeader title={t('links.goneTitle')} lead={t('links.goneDetail')} />
        <div>
          <ButtonLink href={home.href}>{home.label}</ButtonLink>
        </div>
      </div>
    )
  if (problem?.code === 'locked') return <LockedPage courseId={courseId} onRetry={reload} />
  if (problem && !value)
    return (
      <ErrorState
        page
        title={t('links.loadFailed')}
        detail={problemWords(problem)}
        requestId={problem.requestId}
        onRetry={reload}
      />
    )
  if (!value) return <Skeleton form="page" />
  const { link, mayChange } = value
  const { hostname } = new URL(link.address)
  return (
    <article class="stack-loose">
      <PageHeader
        title={link.title}
        parent={home}
        actions={
          mayChange && (
            <Button icon={Pencil} onClick={() => setEditing(true)}>
              {t('links.edit')}
            </Button>
          )
        }
      />
      {mayChange && item && !item.published && (
        <Banner
          action={
            <Button size="small" onClick={() => void showItem(courseId, item, 'published')}>
              {t('content.publish')}
            </Button>
          }
        >
          {t('links.draft')}
        </Banner>
      )}
      {link.note && (
        <p class="reading" dir="auto" style={{ whiteSpace: 'pre-line' }}>
          {link.note}
        </p>
      )}
      <div class="stack-tight">
        <div>
          <ButtonLink kind="primary" icon={ExternalLink} href={link.address}>
            {t('links.open', { host: hostname })}
          </ButtonLink>
        </div>
        <p class="muted" dir="ltr" style={{ overflowWrap: 'anywhere' }}>
          {link.address}
        </p>
        <p class="muted">{t('links.elsewhere')}</p>
      </div>
      {editing && (
        <Dialog open onClose={() => setEditing(false)} title={t('links.edit')}>
          <LinkForm
            words={link}
            save={t('links.save')}
            onClose={() => setEditing(false)}
            onSave={async ({ title, address, note }) => {
              await changeLink({ courseId, linkId, version: link.version, title, address, note } as Parameters<
                typeof changeLink
              >[0])
              setEditing(false)
              reload()
            }}
          />
        </Dialog>
      )}
    </article>
  )
}
