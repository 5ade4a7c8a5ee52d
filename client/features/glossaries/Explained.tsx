// Explains words where they stand in a text: each can be pressed, with a finger or a key, and says in a small window what it
// means. The text itself stays as it is.
import type { ComponentChildren } from 'preact'
import { useMemo, useRef, useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { DocumentView } from '#client/features/content/DocumentView.tsx'
import { piecesOf, WordsContext } from '#client/features/content/words.ts'
import { t } from '#client/platform/texts.ts'
import { Link } from '#client/ui/Link.tsx'
import type { PageDocument } from '#protocol/content/document.ts'
import type { GlossaryEntry } from '#protocol/glossaries.ts'
import './glossaries.css'

/** Puts the window under the word, or above where there is no room, inside the screen. */
function place(bubble: HTMLElement, word: HTMLElement): void {
  const at = word.getBoundingClientRect()
  const size = bubble.getBoundingClientRect()
  const below = at.bottom + 6
  const top = below + size.height > innerHeight - 8 && at.top - size.height - 6 > 8 ? at.top - size.height - 6 : below
  bubble.style.left = `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`
  bubble.style.top = `${top}px`
}

interface ExplainedProps {
  readonly document: PageDocument
  readonly entries: readonly GlossaryEntry[]
  readonly courseId: string
  readonly children: ComponentChildren
}

export function Explained({ document, entries, courseId, children }: ExplainedProps) {
  const [open, setOpen] = useState<string>()
  const bubble = useRef<HTMLDivElement>(null)
  const words = useMemo(() => {
    const pieces = piecesOf(
      document,
      entries.map(({ id, word, names }) => ({ id, words: [word, ...names] })),
    )
    const Word = ({ id, text }: { readonly id: string; readonly text: string }) => (
      <button
        type="button"
        class="glossary-word"
        aria-haspopup="dialog"
        onClick={event => {
          const word = event.currentTarget
          setOpen(id)
          // What it says is drawn first: its size decides where it stands.
          requestAnimationFrame(() => {
            if (!bubble.current) return
            bubble.current.showPopover()
            place(bubble.current, word)
            bubble.current.focus()
          })
        }}
      >
        {text}
      </button>
    )
    return { pieces, Word }
  }, [document, entries])
  const entry = entries.find(one => one.id === open)
  return (
    <WordsContext.Provider value={words}>
      {children}
      <div
        ref={bubble}
        class="glossary-bubble"
        popover="auto"
        role="dialog"
        tabIndex={-1}
        aria-label={t('glossaries.explain', { word: entry?.word ?? '' })}
      >
        {entry && (
          // What explains a word holds none that are explained.
          <WordsContext.Provider value={{ pieces: new Map(), Word: undefined }}>
            <p class="glossary-bubble-word" dir="auto">
              {entry.word}
            </p>
            <div dir="auto">
              <DocumentView document={entry.document} courseId={courseId} />
            </div>
            <p>
              <Link href={pathTo('glossaryEntry', { courseId, glossaryId: entry.glossaryId, entryId: entry.id })}>
                {t('glossaries.toEntry')}
              </Link>
            </p>
          </WordsContext.Provider>
        )}
      </div>
    </WordsContext.Provider>
  )
}
