// Entries of a glossary, one below the other, each with its word, what it means, and what the reader may do with it.
import { Pencil, Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { DocumentView } from '#client/features/content/DocumentView.tsx'
import '#client/features/content/content.css'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Link } from '#client/ui/Link.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { GlossaryEntry } from '#protocol/glossaries.ts'
import { EntryDialog } from './EntryDialog.tsx'
import { approveEntry, type OfGlossary, removeEntry, restoreEntry } from './store.ts'

interface EntryListProps {
  readonly of: OfGlossary
  readonly label: string
  readonly entries: readonly GlossaryEntry[]
  readonly mayChange: boolean
  readonly onChanged: () => void
}

export function EntryList({ of, label, entries, mayChange, onChanged }: EntryListProps) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: Safari forgets that a list without bullets is one.
    <ul class="glossary-entries" role="list" aria-label={label}>
      {entries.map(entry => (
        <li key={entry.id} class="card">
          <EntryView of={of} entry={entry} mayChange={mayChange} onChanged={onChanged} />
        </li>
      ))}
    </ul>
  )
}

interface EntryViewProps {
  readonly of: OfGlossary
  readonly entry: GlossaryEntry
  readonly mayChange: boolean
  readonly onChanged: () => void
  /** The page's heading says the word. */
  readonly alone?: boolean | undefined
}

export function EntryView({ of, entry, mayChange, onChanged, alone = false }: EntryViewProps) {
  const [editing, setEditing] = useState(false)
  const { word, names, state, by, mine } = entry
  const at = { ...of, entryId: entry.id }
  const act = async (what: () => Promise<unknown>, text: string, onUndo?: () => void) => {
    try {
      await what()
      showToast({ text, onUndo })
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    }
    onChanged()
  }
  const restore = () => void act(() => restoreEntry(at), t('glossaries.entrySaved', { word }))
  return (
    <div class="stack-tight">
      <div class="glossary-head">
        {!alone && (
          <h3>
            <Link href={pathTo('glossaryEntry', at)}>
              <bdi>{word}</bdi>
            </Link>
          </h3>
        )}
        {state === 'suggested' && <Badge tone="warn">{t('glossaries.waits')}</Badge>}
        {(mayChange || (mine && state === 'suggested')) && (
          <Menu
            label={t('glossaries.entryMenu', { word })}
            items={[
              { label: t('glossaries.changeEntry'), icon: Pencil, onSelect: () => setEditing(true) },
              {
                label: t('glossaries.remove'),
                icon: Trash2,
                kind: 'danger',
                onSelect: () => void act(() => removeEntry(at), t('glossaries.removed', { word }), restore),
              },
            ]}
          />
        )}
      </div>
      {names.length > 0 && (
        <p class="muted" dir="auto">
          {t('glossaries.alsoCalled', { names: names.join(', ') })}
        </p>
      )}
      <div dir="auto">
        <DocumentView document={entry.document} courseId={of.courseId} />
      </div>
      {state === 'suggested' && mayChange && (
        <div class="cluster">
          <Button
            size="small"
            kind="primary"
            onClick={() => void act(() => approveEntry(at), t('glossaries.approved', { word }))}
          >
            {t('glossaries.approve')}
          </Button>
          {by !== null && <span class="muted">{t('glossaries.suggestedBy', { name: by })}</span>}
        </div>
      )}
      {editing && (
        <EntryDialog
          of={of}
          as={mayChange ? 'staff' : 'learner'}
          entry={entry}
          onClose={() => setEditing(false)}
          onSaved={onChanged}
        />
      )}
    </div>
  )
}
