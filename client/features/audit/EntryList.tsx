// A trail as it is shown: the latest first, a page at a time.
import { ScrollText } from 'lucide-preact'
import { problemWords } from '#client/platform/problem-words.ts'
import type { Pages } from '#client/platform/use-pages.ts'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import type { AuditEntry } from '#protocol/audit.ts'
import { Entry } from './Entry.tsx'
import './audit.css'

interface EntryListProps {
  readonly list: Pages<{ readonly items: readonly AuditEntry[] }>
  readonly label: string
  readonly loadFailed: string
  /** What stands in the place of no entries. */
  readonly none: { readonly title: string; readonly lead: string }
  /** Narrows the trail to one thing. */
  readonly onAbout?: ((subjectId: string) => void) | undefined
}

export function EntryList({ list, label, loadFailed, none, onAbout }: EntryListProps) {
  const { rows, problem, reload, more, busy } = list
  if (!rows)
    return problem ? (
      <ErrorState title={loadFailed} detail={problemWords(problem)} requestId={problem.requestId} onRetry={reload} />
    ) : (
      <Skeleton form="rows" count={8} />
    )
  return (
    <div class="stack">
      {rows.length === 0 ? (
        <EmptyState icon={ScrollText} title={none.title}>
          {none.lead}
        </EmptyState>
      ) : (
        <ol class="audit-list" aria-label={label}>
          {rows.map(one => (
            <Entry key={one.id} entry={one} onAbout={onAbout} />
          ))}
        </ol>
      )}
      <ShowMore onMore={more} busy={busy} problem={problem && problemWords(problem)} />
    </div>
  )
}
