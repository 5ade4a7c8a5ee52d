// A folder as its course shows it: what is in it, a page at a time, and the folders in it. Live: what staff bring or take away
// shows by itself. Staff bring files here, too; what else is done with files is done on the page of the course's files.
import { FolderOpen } from 'lucide-preact'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { ItemAway, ItemPage, useItemPage } from '#client/features/courses/ItemPage.tsx'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { FileEntry } from '#protocol/files.ts'
import { useFolderTurn } from './folder-turn.ts'
import { entryIcon } from './icons.ts'
import { DropPlace, PickFiles } from './PickFiles.tsx'
import { formWord, readFolder, sizeWords } from './store.ts'
import { uploadFiles } from './uploads.ts'
import './files.css'

/** /courses/:courseId/folders/:folderId */
export function FolderPage({ params: { courseId, folderId } }: PageProps<'folder'>) {
  const turn = useFolderTurn(courseId)
  const page = useItemPage({
    ...{ courseId, kind: 'folder', refId: folderId, word: 'files.folder', turn },
    load: () => readFolder({ folderId, limit: 1 }),
    titleOf: ({ folder }) => folder.name,
  })
  const { rows, more, busy, problem } = usePages(page.value ? `${folderId} ${page.newest}` : null, after =>
    readFolder({ folderId, limit: 100, ...(after === undefined ? {} : { after }) }),
  )
  if (!page.value)
    return (
      <ItemAway
        page={page}
        goneTitle="files.folderGoneTitle"
        goneDetail="files.folderGoneDetail"
        loadFailed="files.loadFailed"
      />
    )
  const { folder, path, mayChange, mayBring } = page.value
  const upload = (files: readonly File[]) => uploadFiles(files, { courseId, folderId })
  const above = path.at(-2)
  const parent = above ? { label: above.name, href: pathTo('folder', { courseId, folderId: above.id }) } : page.home
  const entries = (
    <>
      {rows?.length === 0 && (
        <EmptyState icon={FolderOpen} title={t('files.folderEmpty')}>
          {t(mayBring ? 'files.folderEmptyStaff' : 'files.folderEmptyDetail')}
        </EmptyState>
      )}
      {rows && rows.length > 0 && (
        <List label={folder.name}>
          {rows.map(entry => (
            <Entry key={entry.id} entry={entry} courseId={courseId} />
          ))}
        </List>
      )}
    </>
  )
  return (
    <ItemPage
      page={{ ...page, home: parent }}
      title={folder.name}
      actions={
        mayChange && (
          <>
            <ButtonLink icon={FolderOpen} href={pathTo('files', { courseId }, { folder: folderId })}>
              {t('files.inFolder')}
            </ButtonLink>
            {mayBring && <PickFiles kind="primary" label={t('files.upload')} onFiles={upload} />}
          </>
        )
      }
      mayChange={mayChange}
      draft="files.folderDraft"
    >
      {mayBring ? <DropPlace onFiles={upload}>{entries}</DropPlace> : entries}
      <ShowMore onMore={more} busy={busy} problem={problem && problemWords(problem)} />
    </ItemPage>
  )
}

function Entry({ entry, courseId }: { readonly entry: FileEntry; readonly courseId: string }) {
  const isFile = entry.kind === 'file'
  return (
    <Row
      href={
        isFile ? pathTo('file', { courseId, fileId: entry.id }) : pathTo('folder', { courseId, folderId: entry.id })
      }
      start={<Icon as={entryIcon(entry)} size={20} />}
      title={<span class="files-name">{entry.name}</span>}
      detail={
        <>
          {isFile ? `${formWord(entry.form)} · ${sizeWords(entry.size)} · ` : `${t('files.folder')} · `}
          <Time at={entry.changedAt} />
        </>
      }
    />
  )
}
