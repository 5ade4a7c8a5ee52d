// One file: shown by what it is, with a way to save it; for staff also its place in the course and its versions.
import { Captions, Download, Eye, History, ListPlus, Upload } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { courses } from '#client/app/frame.ts'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { useReleaseTurn } from '#client/features/conditions/store.ts'
import { showItem, useCourse } from '#client/features/courses/store.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { type File, fileRoutes } from '#protocol/files.ts'
import { CaptionsDialog } from './CaptionsDialog.tsx'
import { place } from './EntryRow.tsx'
import { useFolderTurn } from './folder-turn.ts'
import { PickFiles } from './PickFiles.tsx'
import { Preview } from './Preview.tsx'
import { contentUrl, formWord, getFile, sizeWords } from './store.ts'
import { uploadFiles } from './uploads.ts'
import { VersionsDialog } from './VersionsDialog.tsx'
import { WatchersDialog } from './WatchersDialog.tsx'
import { listCaptions } from './watching.ts'
import './files.css'

/** /courses/:courseId/files/:fileId */
export function FilePage({ params: { courseId, fileId }, query }: PageProps<'file'>) {
  const view = useCourse(courseId)
  const [dialog, setDialog] = useState<'versions' | 'captions' | 'watchers' | undefined>()
  const [turn, setTurn] = useState(0)
  const { value, problem, reload } = useLoad(fileId, () => getFile(fileId))
  // The item carries the number of the version: it says when to read again, and when the file is taken away.
  const item = view.items.value.find(one => one.kind === 'file' && one.refId === fileId)
  const turns = `${useFolderTurn(courseId)} ${useReleaseTurn(courseId)}`
  const newest = `${item?.detail.number} ${item?.published} ${item?.title} ${turns}`
  useEffect(() => {
    if (value) reload()
  }, [newest])
  usePageTitle(value?.file.name ?? t('files.file'))

  const course = courses.value.find(one => one.id === courseId)
  const home = { label: course?.title ?? t('courses.courseTitle'), href: pathTo('course', { courseId }) }
  if (problem?.code === 'not-found' || view.status.value === 'closed')
    return (
      <div class="stack">
        <PageHeader title={t('files.goneTitle')} lead={t('files.goneDetail')} />
        <div>
          <ButtonLink href={home.href}>{home.label}</ButtonLink>
        </div>
      </div>
    )
  if (problem && !value)
    return (
      <ErrorState
        page
        title={t('files.loadFailed')}
        detail={problemWords(problem)}
        requestId={problem.requestId}
        onRetry={reload}
      />
    )
  if (!value) return <Skeleton form="page" />
  const { file, mayChange } = value
  const plays = file.form === 'video' || file.form === 'audio'
  const close = () => {
    setDialog(undefined)
    // What stands nowhere in the course tells nobody of its captions.
    setTurn(now => now + 1)
  }
  return (
    <article class="stack-loose file-page">
      <PageHeader
        title={item?.title ?? file.name}
        parent={home}
        lead={
          <span class="muted">
            {formWord(file.form)} · {sizeWords(file.size)}
            {file.number > 1 && mayChange && ` · ${t('files.newVersion', { number: file.number })}`}
          </span>
        }
        actions={
          <>
            <ButtonLink icon={Download} href={contentUrl(fileId, 'attachment')} download="">
              {t('files.download')}
            </ButtonLink>
            {mayChange && (
              <Menu
                label={t('files.menu', { name: file.name })}
                items={[
                  { label: t('files.versions'), icon: History, onSelect: () => setDialog('versions') },
                  ...(plays
                    ? [
                        { label: t('files.captionsAct'), icon: Captions, onSelect: () => setDialog('captions') },
                        { label: t('files.watchersAct'), icon: Eye, onSelect: () => setDialog('watchers') },
                      ]
                    : []),
                  ...(value.item
                    ? []
                    : [
                        {
                          label: t('files.place'),
                          icon: ListPlus,
                          onSelect: () => void place(file).then(reload),
                        },
                      ]),
                  { label: t('files.inFolder'), icon: Upload, href: pathTo('files', { courseId }, folderOf(file)) },
                ]}
              />
            )}
          </>
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
          {t('files.draft')}
        </Banner>
      )}
      {mayChange && plays && (
        <Uncaptioned
          file={file}
          turn={JSON.stringify(item?.detail.captions ?? turn)}
          onAdd={() => setDialog('captions')}
        />
      )}
      {mayChange && file.form === 'pdf' && query.findings === '1' && <Textless file={file} />}
      <Preview file={file} captionsTurn={JSON.stringify(item?.detail.captions ?? turn)} />
      {dialog === 'captions' && <CaptionsDialog file={file} onClose={close} />}
      {dialog === 'watchers' && <WatchersDialog file={file} onClose={close} />}
      {dialog === 'versions' && (
        <VersionsDialog
          file={file}
          onClose={close}
          onChanged={reload}
          upload={
            <PickFiles
              one
              label={t('files.uploadVersion')}
              onFiles={files => {
                close()
                uploadFiles(files, { courseId, folderId: file.folderId, fileId, onDone: reload })
              }}
            />
          }
        />
      )}
    </article>
  )
}

interface UncaptionedProps {
  readonly file: File
  /** Says when captions are to be read again. */
  readonly turn: string
  readonly onAdd: () => void
}

/** Says to staff that a recording has no captions, which keeps whoever does not hear it from it. */
function Uncaptioned({ file, turn, onAdd }: UncaptionedProps) {
  const { value } = useLoad(`${file.id} ${turn}`, () => listCaptions(file.id))
  if (!value || value.items.length > 0) return null
  return (
    <Banner
      tone="warn"
      title={t('accessibility.rule_captions')}
      action={
        <Button size="small" onClick={onAdd}>
          {t('files.captionsAct')}
        </Button>
      }
    >
      {t('accessibility.mend_captions')}
    </Banner>
  )
}

/** Says to staff who were led here that a PDF is a picture of a text. */
function Textless({ file }: { readonly file: File }) {
  const { value } = useLoad(`${file.id} ${file.number}`, () => request(fileRoutes.text, { fileId: file.id }))
  if (value?.state !== 'none') return null
  return (
    <Banner tone="warn" title={t('accessibility.rule_pdf-text')}>
      {t('accessibility.mend_pdf-text')}
    </Banner>
  )
}

const folderOf = ({ folderId }: { readonly folderId: string | null }) => (folderId === null ? {} : { folder: folderId })
