// The files of a course: folders and files by name, searched, brought in, renamed, moved, and thrown into a bin that gives
// them back. Live: what another member of staff does shows by itself.
import { FolderOpen, FolderPlus, HardDrive, Mic, Search, Trash2 } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { courses } from '#client/app/frame.ts'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { List } from '#client/ui/List.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Progress } from '#client/ui/Progress.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { type FileEntry, type FileForm, fileForm, filesScope } from '#protocol/files.ts'
import { DestroyDialog } from './DestroyDialog.tsx'
import { EntryRow } from './EntryRow.tsx'
import { MoveDialog } from './MoveDialog.tsx'
import { NameDialog } from './NameDialog.tsx'
import { DropPlace, PickFiles } from './PickFiles.tsx'
import { RecordDialog } from './RecordDialog.tsx'
import { SpaceDialog } from './SpaceDialog.tsx'
import { changeEntry, createFolder, formWord, listFiles, sizeWords } from './store.ts'
import { uploadFiles } from './uploads.ts'
import './files.css'

const pageSize = 100

type Asking =
  | { readonly is: 'nothing' }
  | { readonly is: 'new folder' | 'record' | 'space' | 'empty' }
  | { readonly is: 'rename' | 'move' | 'destroy'; readonly entry: FileEntry }

interface Shown {
  readonly courseId: string
  readonly folderId?: string | undefined
  readonly search: string
  readonly form: FileForm | ''
  readonly which: 'standing' | 'removed'
}

/** Reads up to `count` entries. */
async function entriesUpTo({ courseId, folderId, search, form, which }: Shown, count: number) {
  const items: FileEntry[] = []
  let after: string | undefined
  for (;;) {
    const page = await listFiles({
      ...{ courseId, which, limit: pageSize },
      ...(folderId === undefined ? {} : { folderId }),
      ...(search.trim() === '' ? {} : { search }),
      ...(form === '' ? {} : { form }),
      ...(after === undefined ? {} : { after }),
    })
    items.push(...page.items)
    after = page.next
    if (after === undefined || items.length >= count)
      return {
        items,
        path: page.path,
        space: page.space,
        mayChangeSpace: page.mayChangeSpace,
        more: after !== undefined,
      }
  }
}

/** /courses/:courseId/files, with `?folder=` in a folder and `?bin=1` in the bin. */
export function FilesPage({ params: { courseId }, query }: PageProps<'files'>) {
  const { route: go } = useLocation()
  const scope = useScope(filesScope, courseId)
  const [search, setSearch] = useState('')
  const [form, setForm] = useState<FileForm | ''>('')
  const [count, setCount] = useState(pageSize)
  const [asking, setAsking] = useState<Asking>({ is: 'nothing' })
  const folderId = query.folder
  const which = query.bin === '1' ? 'removed' : 'standing'
  const shown: Shown = { courseId, folderId, search, form, which }
  const { value, problem, reload } = useLoad(JSON.stringify(shown), () => entriesUpTo(shown, count))
  const changes = scope.state.value?.changes
  useEffect(() => {
    if (changes !== undefined) reload()
  }, [changes, count])

  const course = courses.value.find(one => one.id === courseId)
  const filtered = search.trim() !== '' || form !== ''
  const close = () => setAsking({ is: 'nothing' })
  const upload = (files: readonly File[]) => uploadFiles(files, { courseId, folderId: folderId ?? null })
  const here = value?.path.at(-1)
  const above = value?.path.at(-2)
  const top = { label: t('files.title'), href: pathTo('files', { courseId }) }
  const parent = here
    ? above
      ? { label: above.name, href: pathTo('files', { courseId }, { folder: above.id }) }
      : top
    : which === 'removed'
      ? top
      : { label: course?.title ?? t('app.courseTitle'), href: pathTo('course', { courseId }) }

  return (
    <div class="stack files-page">
      <PageHeader
        title={here?.name ?? (which === 'removed' ? t('files.bin') : t('files.title'))}
        parent={parent}
        lead={which === 'removed' ? t('files.binLead') : undefined}
        actions={
          which === 'removed' ? (
            value &&
            value.items.length > 0 && (
              <Button icon={Trash2} onClick={() => setAsking({ is: 'empty' })}>
                {t('files.emptyBinAct')}
              </Button>
            )
          ) : (
            <>
              <Button icon={FolderPlus} onClick={() => setAsking({ is: 'new folder' })}>
                {t('files.newFolder')}
              </Button>
              <Button icon={Mic} onClick={() => setAsking({ is: 'record' })}>
                {t('files.record')}
              </Button>
              <PickFiles kind="primary" label={t('files.upload')} onFiles={upload} />
            </>
          )
        }
      />
      {which === 'standing' && (
        <div class="files-filter">
          <Field type="search" name="search" label={t('files.search')} value={search} onValue={setSearch} />
          <Field
            type="select"
            name="form"
            label={t('files.form')}
            value={form}
            onValue={one => setForm(fileForm.safeParse(one).data ?? '')}
            options={[
              { value: '', label: t('files.formAny') },
              ...fileForm.options.map(one => ({ value: one, label: formWord(one) })),
            ]}
          />
        </div>
      )}
      {!value && problem && (
        <ErrorState
          title={t('files.loadFailed')}
          detail={problemWords(problem)}
          requestId={problem.requestId}
          onRetry={reload}
        />
      )}
      {!value && !problem && <Skeleton form="rows" />}
      <DropPlace onFiles={files => which === 'standing' && upload(files)}>
        {value && value.items.length > 0 && (
          <List label={here?.name ?? t('files.title')}>
            {value.items.map(entry => (
              <EntryRow
                key={entry.id}
                entry={entry}
                courseId={courseId}
                onChanged={reload}
                onRename={() => setAsking({ is: 'rename', entry })}
                onMove={() => setAsking({ is: 'move', entry })}
                onDestroy={() => setAsking({ is: 'destroy', entry })}
              />
            ))}
          </List>
        )}
        {value && value.items.length === 0 && (
          <Nothing
            which={which}
            filtered={filtered}
            inFolder={here !== undefined}
            onClear={() => {
              setSearch('')
              setForm('')
            }}
          />
        )}
      </DropPlace>
      {value?.more && (
        <div>
          <Button onClick={() => setCount(count + pageSize)}>{t('files.more')}</Button>
        </div>
      )}
      {value && !filtered && (
        <footer class="files-foot">
          <Progress
            label={t('files.space')}
            value={value.space.used}
            max={Math.max(1, value.space.limit)}
            words={t('files.spaceOf', { used: sizeWords(value.space.used), limit: sizeWords(value.space.limit) })}
          />
          {value.mayChangeSpace && (
            <Button kind="quiet" icon={HardDrive} onClick={() => setAsking({ is: 'space' })}>
              {t('files.changeSpace')}
            </Button>
          )}
          {which === 'standing' && (
            <Button kind="quiet" icon={Trash2} onClick={() => go(pathTo('files', { courseId }, { bin: 1 }))}>
              {t('files.bin')}
            </Button>
          )}
        </footer>
      )}
      {asking.is === 'space' && value && (
        <SpaceDialog courseId={courseId} space={value.space} onClose={close} onChanged={reload} />
      )}
      {(asking.is === 'destroy' || asking.is === 'empty') && (
        <DestroyDialog
          courseId={courseId}
          entry={asking.is === 'destroy' ? asking.entry : undefined}
          onClose={close}
          onChanged={reload}
        />
      )}
      {asking.is === 'record' && <RecordDialog onClose={close} onFile={file => upload([file])} />}
      {asking.is === 'new folder' && (
        <NameDialog
          heading={t('files.newFolder')}
          verb={t('files.createFolder')}
          label={t('files.folderName')}
          name=""
          onClose={close}
          onName={async name => {
            await createFolder({ courseId, folderId: (folderId ?? null) as never, name })
            reload()
          }}
        />
      )}
      {asking.is === 'rename' && (
        <NameDialog
          heading={t('files.renameOne', { name: asking.entry.name })}
          verb={t('files.rename')}
          label={t('files.name')}
          name={asking.entry.name}
          onClose={close}
          onName={async name => {
            await changeEntry(asking.entry, { name })
            reload()
          }}
        />
      )}
      {asking.is === 'move' && (
        <MoveDialog entry={asking.entry} courseId={courseId} onClose={close} onChanged={reload} />
      )}
    </div>
  )
}

interface NothingProps {
  readonly which: 'standing' | 'removed'
  readonly filtered: boolean
  readonly inFolder: boolean
  readonly onClear: () => void
}

function Nothing({ which, filtered, inFolder, onClear }: NothingProps) {
  if (filtered)
    return (
      <EmptyState
        icon={Search}
        title={t('files.noneFound')}
        action={<Button onClick={onClear}>{t('files.clearSearch')}</Button>}
      />
    )
  if (which === 'removed') return <EmptyState icon={Trash2} title={t('files.binEmpty')} />
  return (
    <EmptyState icon={FolderOpen} title={inFolder ? t('files.folderEmpty') : t('files.emptyTitle')}>
      {t('files.emptyDetail')}
    </EmptyState>
  )
}
