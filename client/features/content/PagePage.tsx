// A text page, to read; for staff also to write. Reading goes on while somebody else saves: the new text comes by itself.
import { History, Pencil } from 'lucide-preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { PageFindings } from '#client/features/accessibility/PageFindings.tsx'
import { showBlock } from '#client/features/accessibility/places.ts'
import { LockedPage } from '#client/features/conditions/LockedPage.tsx'
import { showItem, useCourse } from '#client/features/courses/store.ts'
import { Explained } from '#client/features/glossaries/Explained.tsx'
import { usePageEntries } from '#client/features/glossaries/store.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { describeImage } from '#protocol/accessibility/findings.ts'
import { filesIn } from '#protocol/content/document.ts'
import type { Page } from '#protocol/content.ts'
import { DocumentView } from './DocumentView.tsx'
import { fromMarkdown } from './from-markdown.ts'
import { Markdown } from './Markdown.tsx'
import { PageEditor } from './PageEditor.tsx'
import { pageShown } from './shown.ts'
import { changePage, getPage } from './store.ts'
import { VersionsDialog } from './VersionsDialog.tsx'
import './content.css'

const nothing = { schema: 1, content: [] }

/** The page of the address; `?edit=1` opens it for writing. */
export function PagePage({ params: { courseId, pageId }, query }: PageProps<'page'>) {
  const view = useCourse(courseId)
  const [editing, setEditing] = useState(query.edit === '1')
  const [versions, setVersions] = useState(false)
  const { value, problem, reload } = useLoad(pageId, () => getPage({ courseId, pageId }))
  // The item carries the page's version: it says when to read again, and when the page is taken away.
  const item = view.items.value.find(one => one.kind === 'page' && one.refId === pageId)
  const newest = `${item?.detail.version} ${item?.published} ${item && view.rightsIn(item.id).join()}`
  useEffect(() => {
    if (!editing && item) reload()
  }, [newest, editing])

  // Where a finding leads: once, when the text is there.
  const led = useRef(query.at === undefined)
  useEffect(() => {
    if (!led.current && value) led.current = showBlock(Number(query.at))
  }, [value])

  const reads = value !== undefined && !value.mayChange
  useEffect(() => (reads ? pageShown({ courseId, pageId }) : undefined), [reads, courseId, pageId])

  const title = view.course.value?.course.title ?? t('courses.courseTitle')
  const parent = { label: title, href: pathTo('course', { courseId }) }
  const gone = problem?.code === 'not-found' || problem?.code === 'not-allowed'
  if (gone || view.status.value === 'closed') {
    return (
      <div class="stack">
        <PageHeader title={t('content.goneTitle')} lead={t('content.goneDetail')} />
        <div>
          <ButtonLink href={parent.href}>{parent.label}</ButtonLink>
        </div>
      </div>
    )
  }
  if (problem?.code === 'locked') return <LockedPage courseId={courseId} onRetry={reload} />
  if (problem && !value) {
    return (
      <ErrorState
        page
        title={t('content.loadFailed')}
        detail={problemWords(problem)}
        requestId={problem.requestId}
        onRetry={reload}
      />
    )
  }
  if (!value) return <Skeleton form="page" />
  const { page, mayChange } = value
  if (editing && mayChange) {
    return <PageEditor page={page} parent={parent} onDone={() => setEditing(false)} />
  }
  const published = item?.published ?? value.published
  return (
    <article class="stack-loose page-read">
      <PageHeader
        title={page.title}
        parent={parent}
        lead={
          <span class="page-changed">
            <span class="muted">
              <Changed at={page.changedAt} />
            </span>
            {mayChange && (
              <Findings
                page={page}
                open={query.findings !== '1' ? undefined : query.at === undefined ? 'anyway' : 'beside'}
                onChanged={reload}
              />
            )}
          </span>
        }
        actions={
          mayChange && (
            <>
              <Button icon={Pencil} onClick={() => setEditing(true)}>
                {t('content.edit')}
              </Button>
              <Menu
                label={t('content.menu', { title: page.title })}
                items={[{ label: t('content.versions'), icon: History, onSelect: () => setVersions(true) }]}
              />
            </>
          )
        }
      />
      {mayChange && !published && (
        <Banner
          action={
            item && (
              <Button size="small" onClick={() => void showItem(courseId, item, 'published')}>
                {t('content.publish')}
              </Button>
            )
          }
        >
          {t('content.draft')}
        </Banner>
      )}
      {page.body.trim() === '' && filesIn(page.document ?? nothing).length === 0 ? (
        <EmptyState
          title={mayChange ? t('content.emptyStaff') : t('content.emptyLearner')}
          action={
            mayChange && (
              <Button icon={Pencil} onClick={() => setEditing(true)}>
                {t('content.write')}
              </Button>
            )
          }
        />
      ) : (
        <PageBody page={page} />
      )}
      {versions && <VersionsDialog page={page} onClose={() => setVersions(false)} onChanged={reload} />}
    </article>
  )
}

function PageBody({ page }: { readonly page: Page }) {
  const document = useMemo(() => page.document ?? fromMarkdown(page.body), [page])
  const entries = usePageEntries(page)
  if (!page.document && entries.length === 0) return <Markdown source={page.body} />
  return (
    <Explained document={document} entries={entries} courseId={page.courseId}>
      <DocumentView document={document} courseId={page.courseId} />
    </Explained>
  )
}

interface FindingsProps {
  readonly page: Page
  readonly open: 'beside' | 'anyway' | undefined
  readonly onChanged: () => void
}

/** What keeps people from the page; an image is described without opening the page for writing. */
function Findings({ page, open, onChanged }: FindingsProps) {
  const document = useMemo(() => page.document ?? fromMarkdown(page.body), [page])
  const describe = async (node: number, given: { alt: string; decorative: boolean }) => {
    const { courseId, id: pageId, version } = page
    const { schema, content } = describeImage(document, node, given)
    try {
      await changePage({ courseId, pageId, version, document: { schema, content: [...content] } })
      showToast({ text: t('accessibility.mended') })
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    }
    onChanged()
  }
  return (
    <PageFindings
      document={document}
      open={open}
      onDescribe={page.document ? (node, given) => void describe(node, given) : undefined}
    />
  )
}

/** "Changed 5 minutes ago": the words around a time that goes on counting. */
function Changed({ at }: { readonly at: string }) {
  const [before, after] = t('content.changedAt', { when: '\u0000' }).split('\u0000')
  return (
    <>
      {before}
      <Time at={at} />
      {after}
    </>
  )
}
