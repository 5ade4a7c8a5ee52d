// The text of a page to write in: the editor of the notes over a tree that is saved as a whole, with what pages hold
// beside. The heavy half of a page, a chunk of its own.
import { useSignal } from '@preact/signals'
import { Editor, type JSONContent } from '@tiptap/core'
import { NodeSelection } from '@tiptap/pm/state'
import {
  FilePlus,
  Image,
  Info,
  Lightbulb,
  Pencil,
  Play,
  Sigma,
  SquareSigma,
  Trash2,
  TriangleAlert,
} from 'lucide-preact'
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Block } from '#client/features/notes/editor/blocks.ts'
import { textExtensions } from '#client/features/notes/editor/extensions.ts'
import { LinkDialog } from '#client/features/notes/editor/LinkDialog.tsx'
import { cleanPaste } from '#client/features/notes/editor/paste.ts'
import { blocksFor, type OpenSlash, runBlock, SlashMenu } from '#client/features/notes/editor/SlashMenu.tsx'
import { Toolbar } from '#client/features/notes/editor/Toolbar.tsx'
import { t } from '#client/platform/texts.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import { type Callout, type DocumentNode, documentSchema, type PageDocument } from '#protocol/content/document.ts'
import { AltDialog, EmbedDialog, FileDialog, FormulaDialog } from './InsertDialogs.tsx'
import { pageNodes } from './nodes.ts'
import '#client/features/notes/editor/text.css'

export interface PageTextProps {
  readonly courseId: string
  readonly title: string
  /** Where it begins; a new object does not change what is being written, another `key` does. */
  readonly document: PageDocument
  readonly onDocument: (document: PageDocument) => void
  readonly onLeave: () => void
}

type Asking = 'nothing' | 'link' | 'image' | 'file' | 'math' | 'mathBlock' | 'embed'

/** What stands in the text as a whole, with what it says; undefined where the cursor is among letters. */
export interface Chosen {
  readonly type: string
  readonly attrs: { readonly [name: string]: unknown }
}

function chosenIn({ state: { selection } }: Editor): Chosen | undefined {
  if (!(selection instanceof NodeSelection)) return undefined
  return { type: selection.node.type.name, attrs: selection.node.attrs }
}

const changeable: ReadonlySet<string> = new Set(['image', 'math', 'mathBlock', 'embed'])

const callout = (tone: Callout, label: Block['label'], icon: Block['icon']): Block => ({
  id: `callout-${tone}`,
  label,
  icon,
  run: editor =>
    editor.isActive('callout')
      ? editor.chain().focus().updateAttributes('callout', { tone }).run()
      : editor.chain().focus().wrapIn('callout', { tone }).run(),
  active: editor => editor.isActive('callout', { tone }),
})

function pageBlocks(ask: (what: Asking) => void): readonly Block[] {
  const asks = (id: Asking, label: Block['label'], icon: Block['icon']): Block => ({
    id,
    label,
    icon,
    run: () => ask(id),
    active: () => false,
  })
  return [
    asks('image', 'content.image', Image),
    asks('file', 'content.courseFile', FilePlus),
    asks('math', 'content.math', Sigma),
    asks('mathBlock', 'content.mathBlock', SquareSigma),
    asks('embed', 'content.embed', Play),
    callout('note', 'content.calloutNote', Info),
    callout('tip', 'content.calloutTip', Lightbulb),
    callout('warning', 'content.calloutWarning', TriangleAlert),
  ]
}

const treeOf = (editor: Editor): PageDocument => ({
  schema: documentSchema,
  content: (editor.getJSON().content ?? []) as readonly DocumentNode[],
})

export function PageText({ courseId, title, document, onDocument, onLeave }: PageTextProps) {
  const place = useRef<HTMLDivElement>(null)
  const [editor, setEditor] = useState<Editor>()
  const [asking, setAsking] = useState<Asking>('nothing')
  const [changing, setChanging] = useState<Chosen>()
  const slash = useSignal<OpenSlash | undefined>(undefined)
  const more = useMemo(() => pageBlocks(setAsking), [])
  const told = useRef({ onDocument, onLeave })
  told.current = { onDocument, onLeave }

  useLayoutEffect(() => {
    if (!place.current) return
    const takeKey = (key: string): boolean => {
      const now = slash.peek()
      const shown = now ? blocksFor(now.query.words, more) : []
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
      content: { type: 'doc', content: document.content as JSONContent[] },
      extensions: [
        ...textExtensions('own', {
          onQuery: (query, view) => {
            slash.value = query && { query, at: view.coordsAtPos(query.from), chosen: 0 }
          },
          onKey: takeKey,
        }),
        ...pageNodes(),
      ],
      onUpdate: () => told.current.onDocument(treeOf(made)),
      onBlur: () => told.current.onLeave(),
      editorProps: {
        scrollMargin: { top: 120, bottom: 120, left: 8, right: 8 },
        transformPastedHTML: cleanPaste,
        attributes: {
          class: 'note-text reading',
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': t('content.body'),
          'aria-description': t('notes.keys'),
        },
        handleKeyDown: (_view, event) => {
          if (event.altKey && event.key === 'F10') {
            place.current?.parentElement?.querySelector<HTMLElement>('.note-tools button[tabindex="0"]')?.focus()
            return true
          }
          if ((event.ctrlKey || event.metaKey) && event.shiftKey && event.code === 'KeyU') {
            setAsking('link')
            return true
          }
          return false
        },
      },
    })
    setEditor(made)
    return () => {
      setEditor(undefined)
      slash.value = undefined
      made.destroy()
    }
  }, [])

  const close = () => {
    setAsking('nothing')
    setChanging(undefined)
    // The dialog gives the focus back to where it was; then the text takes it.
    setTimeout(() => editor?.commands.focus())
  }
  const insert = (node: { readonly type: string; readonly attrs: { readonly [name: string]: unknown } }) => {
    editor?.chain().focus().insertContent(node).run()
    close()
  }
  const change = (node: Chosen) => {
    editor?.chain().focus().updateAttributes(node.type, node.attrs).run()
    close()
  }
  // A finger has no key that takes a picture away, or opens a formula again.
  const chosenTools = (of: Editor) => {
    const chosen = chosenIn(of)
    if (!chosen) return null
    return (
      <>
        {changeable.has(chosen.type) && (
          <IconButton icon={Pencil} label={t('content.changeChosen')} onClick={() => setChanging(chosen)} />
        )}
        <IconButton
          icon={Trash2}
          label={t('content.removeChosen')}
          onClick={() => of.chain().focus().deleteSelection().run()}
        />
        <span class="note-tools-line" />
      </>
    )
  }
  return (
    <div class="note-editor page-text" data-writing>
      {editor && <Toolbar editor={editor} onLink={() => setAsking('link')} more={more} chosen={chosenTools} />}
      <div class="note-place" ref={place} />
      {editor && <SlashMenu editor={editor} open={slash} more={more} />}
      {editor && asking === 'link' && <LinkDialog editor={editor} onClose={close} />}
      {(asking === 'image' || asking === 'file') && (
        <FileDialog courseId={courseId} what={asking} title={title} onClose={close} onNode={insert} />
      )}
      {(asking === 'math' || asking === 'mathBlock') && <FormulaDialog what={asking} onClose={close} onNode={insert} />}
      {asking === 'embed' && <EmbedDialog onClose={close} onNode={insert} />}
      {changing?.type === 'image' && (
        <AltDialog fileId={String(changing.attrs.fileId)} now={changing.attrs} onClose={close} onNode={change} />
      )}
      {(changing?.type === 'math' || changing?.type === 'mathBlock') && (
        <FormulaDialog what={changing.type} now={changing.attrs} onClose={close} onNode={change} />
      )}
      {changing?.type === 'embed' && <EmbedDialog now={changing.attrs} onClose={close} onNode={change} />}
    </div>
  )
}
