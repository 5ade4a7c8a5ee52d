// The text of a note: the editor over one copy of the document, to write in or only to read, with its tools and menus.
import { useSignal } from '@preact/signals'
import { Editor } from '@tiptap/core'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { safeLink } from '#client/features/content/links.ts'
import type { DocumentCopy } from '#client/platform/documents.ts'
import { t } from '#client/platform/texts.ts'
import { announce } from '#client/ui/LiveRegion.tsx'
import { caretPosition, everybodyHere, placeWords } from './carets.ts'
import { noteExtensions } from './extensions.ts'
import { LinkDialog } from './LinkDialog.tsx'
import { cleanPaste } from './paste.ts'
import { blocksFor, type OpenSlash, runBlock, SlashMenu } from './SlashMenu.tsx'
import { dismissSlash } from './slash.ts'
import { Toolbar } from './Toolbar.tsx'
import './text.css'
import './carets.css'

export interface TextEditorProps {
  readonly copy: DocumentCopy
  readonly title: string
  readonly meId: string
  readonly mayWrite: boolean
  readonly onEditor: (editor: Editor | undefined) => void
}

/** One sentence about where everybody else is, for those who listen. */
export function wordsOfOthers(editor: Editor, copy: DocumentCopy, meId: string): string {
  const others = everybodyHere(copy.awareness, meId).filter(one => !one.me && one.client !== undefined)
  if (others.length === 0) return t('notes.nobodyElse')
  return others
    .map(({ name, client }) => {
      const at = caretPosition(editor.state, copy.awareness, client ?? 0)
      const place = at === undefined ? '' : placeWords(editor.state, at)
      return place ? t('notes.isAt', { name, place }) : t('notes.isAtStart', { name })
    })
    .join('. ')
}

/** How long the names stand at all cursors after somebody asked, in milliseconds. */
const namesMs = 6_000

/** Keeps what is fixed to the lower edge above the keyboard of a phone. */
function useKeyboardEdge(): void {
  useEffect(() => {
    const view = window.visualViewport
    if (!view) return
    const follow = () => {
      const hidden = Math.max(0, Math.round(innerHeight - view.height - view.offsetTop))
      // Smaller differences are the browser's own bars, coming and going.
      document.documentElement.style.setProperty('--keyboard', hidden > 120 ? `${hidden}px` : '0px')
    }
    follow()
    view.addEventListener('resize', follow)
    view.addEventListener('scroll', follow)
    return () => {
      view.removeEventListener('resize', follow)
      view.removeEventListener('scroll', follow)
      document.documentElement.style.removeProperty('--keyboard')
    }
  }, [])
}

const attributesOf = (title: string, mayWrite: boolean): { [name: string]: string } => ({
  class: 'note-text reading',
  'aria-label': t('notes.body', { title }),
  ...(mayWrite
    ? { role: 'textbox', 'aria-multiline': 'true', 'aria-description': t('notes.keys') }
    : { role: 'article' }),
})

export function TextEditor({ copy, title, meId, mayWrite, onEditor }: TextEditorProps) {
  const place = useRef<HTMLDivElement>(null)
  const [editor, setEditor] = useState<Editor>()
  const [linking, setLinking] = useState(false)
  const slash = useSignal<OpenSlash | undefined>(undefined)
  const writing = useRef(mayWrite)
  writing.current = mayWrite
  const called = useRef(title)
  called.current = title
  useKeyboardEdge()

  useLayoutEffect(() => {
    if (!place.current) return
    const takeKey = (key: string): boolean => {
      const now = slash.peek()
      const shown = now ? blocksFor(now.query.words) : []
      if (!now || shown.length === 0) return false
      if (key === 'ArrowDown' || key === 'ArrowUp') {
        const step = key === 'ArrowDown' ? 1 : shown.length - 1
        slash.value = { ...now, chosen: (now.chosen + step) % shown.length }
        return true
      }
      const block = shown[now.chosen % shown.length]
      if ((key !== 'Enter' && key !== 'Tab') || !block) return false
      runBlock(made, now.query, block)
      return true
    }
    const made = new Editor({
      element: place.current,
      injectCSS: false,
      editable: writing.current,
      extensions: noteExtensions(copy, {
        onQuery: (query, view) => {
          slash.value = query && { query, at: view.coordsAtPos(query.from), chosen: 0 }
        },
        onKey: takeKey,
      }),
      editorProps: {
        scrollMargin: { top: 120, bottom: 120, left: 8, right: 8 },
        scrollThreshold: { top: 112, bottom: 104, left: 0, right: 0 },
        transformPastedHTML: cleanPaste,
        attributes: attributesOf(called.current, writing.current),
        handleClick: (_view, _at, event) => {
          const link = event.target instanceof Element ? event.target.closest('a') : null
          const href = link && safeLink(link.getAttribute('href') ?? '')
          if (!href || !(event.ctrlKey || event.metaKey)) return false
          open(href, '_blank', 'noopener')
          return true
        },
        handleKeyDown: (view, event) => {
          if (event.altKey && event.key === 'F10') {
            place.current?.parentElement?.querySelector<HTMLElement>('.note-tools button[tabindex="0"]')?.focus()
            return true
          }
          if (event.altKey && event.shiftKey && event.code === 'KeyW') {
            announce(wordsOfOthers(made, copy, meId))
            showNames(view.dom)
            return true
          }
          if ((event.ctrlKey || event.metaKey) && event.shiftKey && event.code === 'KeyU') {
            setLinking(true)
            return true
          }
          return false
        },
      },
    })
    setEditor(made)
    onEditor(made)
    return () => {
      onEditor(undefined)
      setEditor(undefined)
      slash.value = undefined
      made.destroy()
    }
  }, [copy])

  useEffect(() => {
    if (!editor) return
    if (!mayWrite && slash.peek()) dismissSlash(editor.view)
    const { editorProps } = editor.options
    editor.setOptions({
      editable: mayWrite,
      editorProps: { ...editorProps, attributes: attributesOf(title, mayWrite) },
    })
  }, [editor, mayWrite, title])

  return (
    <div class="note-editor" data-writing={mayWrite || undefined}>
      {editor && mayWrite && <Toolbar editor={editor} onLink={() => setLinking(true)} />}
      <div class="note-place" ref={place} />
      {editor && <SlashMenu editor={editor} open={slash} />}
      {editor && linking && <LinkDialog editor={editor} onClose={() => setLinking(false)} />}
    </div>
  )
}

let namesTimer: ReturnType<typeof setTimeout> | undefined

/** Shows the names at all cursors for a while. */
export function showNames(text: HTMLElement): void {
  clearTimeout(namesTimer)
  const editor = text.closest<HTMLElement>('.note-editor')
  if (!editor) return
  editor.dataset.names = 'shown'
  namesTimer = setTimeout(() => {
    delete editor.dataset.names
  }, namesMs)
}
