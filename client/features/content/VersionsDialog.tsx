// What was saved of a page: each can be looked at and brought back, as a further version. None is lost by that.
import { useState } from 'preact/hooks'
import { attempt } from '#client/features/courses/store.ts'
import { dayAndTime } from '#client/platform/dates.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { Page } from '#protocol/content.ts'
import { DocumentView } from './DocumentView.tsx'
import { fromMarkdown } from './from-markdown.ts'
import { changePage, getVersion, listVersions } from './store.ts'

export interface VersionsDialogProps {
  readonly page: Page
  readonly onClose: () => void
  readonly onChanged: () => void
}

const treeOf = (page: Page) => page.document ?? fromMarkdown(page.body)

/** Mounted while it is open. */
export function VersionsDialog({ page, onClose, onChanged }: VersionsDialogProps) {
  const { courseId, id: pageId } = page
  const [shown, setShown] = useState<Page>()
  const { value, problem, reload } = useLoad(`${pageId} ${page.version}`, () => listVersions(courseId, pageId))

  const put = (from: Page, version: number) => {
    const { schema, content } = treeOf(from)
    return changePage({ courseId, pageId, version, title: from.title, document: { schema, content: [...content] } })
  }
  const restore = async (from: Page) => {
    if (!(await attempt(() => put(from, page.version)))) return
    onChanged()
    onClose()
    showToast({
      text: t('content.versionRestored', { when: dayAndTime(from.changedAt) }),
      onUndo: () => void attempt(() => put(page, page.version + 1)).then(onChanged),
    })
  }
  if (shown)
    return (
      <Dialog
        open
        wide
        onClose={onClose}
        title={shown.title}
        actions={
          <>
            <Button onClick={() => setShown(undefined)}>{t('content.versions')}</Button>
            {shown.version !== page.version && (
              <Button kind="primary" onClick={() => void restore(shown)}>
                {t('content.versionRestore')}
              </Button>
            )}
          </>
        }
      >
        <DocumentView document={treeOf(shown)} courseId={courseId} />
      </Dialog>
    )
  return (
    <Dialog open onClose={onClose} title={t('content.versions')}>
      {!value && problem && (
        <ErrorState title={t('content.loadFailed')} detail={problemWords(problem)} onRetry={reload} />
      )}
      {!value && !problem && <Skeleton form="rows" />}
      {value && value.items.length === 0 && <p class="muted">{t('content.noVersions')}</p>}
      {value && value.items.length > 0 && (
        <List label={t('content.versions')}>
          {value.items.map(one => (
            <Row
              key={one.version}
              title={one.version === page.version ? t('content.versionHolds') : dayAndTime(one.at)}
              detail={
                <>
                  {one.by && `${t('content.versionBy', { name: one.by })} · `}
                  <Time at={one.at} />
                </>
              }
              onPress={() => void attempt(async () => setShown((await getVersion(courseId, pageId, one.version)).page))}
            />
          ))}
        </List>
      )}
    </Dialog>
  )
}
