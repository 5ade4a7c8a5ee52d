// Walks through the folders of a course, for a dialog that asks for one of them.
import { ArrowLeft, Folder } from 'lucide-preact'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { type Loaded, useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { listFiles } from './store.ts'

type Level = Awaited<ReturnType<typeof listFiles>>

/** What is on the level of a folder; null: at the top. */
export const useLevel = (courseId: string, at: string | null): Loaded<Level> =>
  useLoad(`${courseId} ${at ?? 'top'}`, () =>
    // Folders stand first: one page holds those of any course.
    listFiles({ courseId, limit: 200, ...(at === null ? {} : { folderId: at }) }),
  )

export interface FolderWalkProps {
  readonly level: Loaded<Level>
  readonly onAt: (folderId: string | null) => void
  /** A folder to leave out: nothing goes into itself. */
  readonly except?: string | undefined
}

/** The folders on one level, with the way back. */
export function FolderWalk({ level: { value, problem, reload }, onAt, except }: FolderWalkProps) {
  const folders = value?.items.filter(one => one.kind === 'folder' && one.id !== except) ?? []
  const above = value?.path.at(-2)
  return (
    <>
      {!value && problem && (
        <ErrorState title={t('files.loadFailed')} detail={problemWords(problem)} onRetry={reload} />
      )}
      {!value && !problem && <Skeleton form="rows" />}
      {value && value.path.length > 0 && (
        <div>
          <Button kind="quiet" icon={ArrowLeft} onClick={() => onAt(above?.id ?? null)}>
            {above?.name ?? t('files.title')}
          </Button>
        </div>
      )}
      {value && folders.length === 0 && <p class="muted">{t('files.noFolders')}</p>}
      {folders.length > 0 && (
        <List label={value?.path.at(-1)?.name ?? t('files.title')}>
          {folders.map(one => (
            <Row key={one.id} start={<Icon as={Folder} size={20} />} title={one.name} onPress={() => onAt(one.id)} />
          ))}
        </List>
      )}
    </>
  )
}
