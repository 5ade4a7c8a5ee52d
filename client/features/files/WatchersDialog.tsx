// Who has watched how much of a recording, the furthest first.
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Progress } from '#client/ui/Progress.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { File } from '#protocol/files.ts'
import { listWatchers } from './watching.ts'

/** Mounted while it is open. */
export function WatchersDialog({ file, onClose }: { readonly file: File; readonly onClose: () => void }) {
  const { rows, problem, reload, more, busy } = usePages(file.id, after => listWatchers(file.id, after))
  return (
    <Dialog open onClose={onClose} title={t('files.watchers')}>
      {!rows && problem && <ErrorState title={t('files.loadFailed')} detail={problemWords(problem)} onRetry={reload} />}
      {!rows && !problem && <Skeleton form="rows" />}
      {rows?.length === 0 && <p>{t('files.watchersEmpty')}</p>}
      {rows && rows.length > 0 && (
        <List label={t('files.watchers')}>
          {rows.map(one => (
            <Row
              key={one.accountId}
              start={<Avatar name={one.name} seed={one.accountId} size={32} />}
              title={<Progress label={one.name} value={one.seconds} max={one.length} />}
              detail={<Time at={one.at} />}
            />
          ))}
        </List>
      )}
      {rows && <ShowMore onMore={more} busy={busy} problem={problem && problemWords(problem)} />}
    </Dialog>
  )
}
