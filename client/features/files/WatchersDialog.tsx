// Who has watched how much of a recording, the furthest first.
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Progress } from '#client/ui/Progress.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { Watcher } from '#protocol/files/watching.ts'
import type { File } from '#protocol/files.ts'
import { attempt } from './store.ts'
import { listWatchers } from './watching.ts'

/** Mounted while it is open. */
export function WatchersDialog({ file, onClose }: { readonly file: File; readonly onClose: () => void }) {
  const { value, problem, reload } = useLoad(file.id, () => listWatchers(file.id, undefined))
  const [more, setMore] = useState<{ items: readonly Watcher[]; next: string | undefined }>()
  const shown = [...(value?.items ?? []), ...(more?.items ?? [])]
  const next = more ? more.next : value?.next
  return (
    <Dialog open onClose={onClose} title={t('files.watchers')}>
      {!value && problem && (
        <ErrorState title={t('files.loadFailed')} detail={problemWords(problem)} onRetry={reload} />
      )}
      {!value && !problem && <Skeleton form="rows" />}
      {value && shown.length === 0 && <p>{t('files.watchersEmpty')}</p>}
      {shown.length > 0 && (
        <List label={t('files.watchers')}>
          {shown.map(one => (
            <Row
              key={one.accountId}
              start={<Avatar name={one.name} seed={one.accountId} size={32} />}
              title={<Progress label={one.name} value={one.seconds} max={one.length} />}
              detail={<Time at={one.at} />}
            />
          ))}
        </List>
      )}
      {next && (
        <Button
          onClick={() =>
            void attempt(async () => {
              const page = await listWatchers(file.id, next)
              setMore({ items: [...(more?.items ?? []), ...page.items], next: page.next })
            })
          }
        >
          {t('files.watchersMore')}
        </Button>
      )}
    </Dialog>
  )
}
