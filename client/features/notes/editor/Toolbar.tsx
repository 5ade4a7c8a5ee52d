// The tools of a note: one strip that scrolls on a phone, arrows to move in it, and never the focus taken from the text by
// a finger or a pointer.
import type { Editor } from '@tiptap/core'
import {
  Bold,
  ChevronDown,
  Code,
  Italic,
  Link as LinkIcon,
  type LucideIcon,
  Plus,
  Redo2,
  Strikethrough,
  TableProperties,
  Undo2,
} from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Menu, type MenuItem } from '#client/ui/Menu.tsx'
import { type Block, inserts, lists, styles } from './blocks.ts'
import './tools.css'

/** Draws again after what the editor did, at most once a frame. */
function useEditorTurn(editor: Editor): void {
  const [, setTurn] = useState(0)
  useEffect(() => {
    let frame = 0
    const draw = () => {
      frame = 0
      setTurn(turn => turn + 1)
    }
    const heard = () => {
      frame ||= requestAnimationFrame(draw)
    }
    editor.on('transaction', heard)
    return () => {
      editor.off('transaction', heard)
      cancelAnimationFrame(frame)
    }
  }, [editor])
}

const marks: readonly { readonly mark: string; readonly label: PlainTextKey; readonly icon: LucideIcon }[] = [
  { mark: 'bold', label: 'notes.bold', icon: Bold },
  { mark: 'italic', label: 'notes.italic', icon: Italic },
  { mark: 'strike', label: 'notes.strike', icon: Strikethrough },
  { mark: 'code', label: 'notes.code', icon: Code },
]

const itemOf = (editor: Editor, block: Block): MenuItem => ({
  label: t(block.label),
  icon: block.icon,
  checked: block.active(editor),
  onSelect: () => block.run(editor),
})

function tableItems(editor: Editor): readonly MenuItem[] {
  const chain = () => editor.chain().focus()
  return [
    { label: t('notes.rowAfter'), onSelect: () => chain().addRowAfter().run() },
    { label: t('notes.columnAfter'), onSelect: () => chain().addColumnAfter().run() },
    'line',
    { label: t('notes.removeRow'), onSelect: () => chain().deleteRow().run() },
    { label: t('notes.removeColumn'), onSelect: () => chain().deleteColumn().run() },
    { label: t('notes.removeTable'), onSelect: () => chain().deleteTable().run() },
  ]
}

export interface ToolbarProps {
  readonly editor: Editor
  readonly onLink: () => void
  /** What this text may hold beside what every text may. */
  readonly more?: readonly Block[] | undefined
  /** What can be done with the thing that is chosen in the text, ahead of the rest. */
  readonly chosen?: ((editor: Editor) => ComponentChildren) | undefined
}

export function Toolbar({ editor, onLink, more = [], chosen }: ToolbarProps) {
  useEditorTurn(editor)
  const strip = useRef<HTMLDivElement>(null)
  const stop = useRef<Element | null>(null)

  // One stop for the Tab key; the arrows go on from there.
  const buttons = () => [
    ...(strip.current?.querySelectorAll<HTMLButtonElement>('button:not([role^="menuitem"])') ?? []),
  ]
  useEffect(() => {
    const all = buttons()
    const current = all.find(one => one === stop.current) ?? all[0]
    for (const one of all) one.tabIndex = one === current ? 0 : -1
  })

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') editor.commands.focus()
    const all = buttons().filter(one => !one.disabled)
    const at = all.indexOf(document.activeElement as HTMLButtonElement)
    const rtl = strip.current !== null && getComputedStyle(strip.current).direction === 'rtl'
    const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key]
    const next =
      at < 0
        ? undefined
        : step !== undefined
          ? all.at((at + step) % all.length)
          : event.key === 'Home'
            ? all[0]
            : event.key === 'End'
              ? all.at(-1)
              : undefined
    if (!next) return
    event.preventDefault()
    stop.current = next
    for (const one of buttons()) one.tabIndex = one === next ? 0 : -1
    next.focus()
  }

  const style = styles.slice(1).find(one => one.active(editor)) ?? styles[0]
  return (
    <div
      ref={strip}
      class="note-tools"
      role="toolbar"
      aria-label={t('notes.toolbar')}
      onKeyDown={onKeyDown}
      onMouseDown={event => event.preventDefault()}
    >
      {chosen?.(editor)}
      <Menu
        class="note-style"
        label={t('notes.blockStyle', { name: style ? t(style.label) : '' })}
        labelShown={false}
        items={styles.map(one => itemOf(editor, one))}
      >
        <span aria-hidden="true">{style && t(style.label)}</span>
        <Icon as={ChevronDown} />
      </Menu>
      <span class="note-tools-line" />
      {marks.map(({ mark, label, icon }) => (
        <IconButton
          key={mark}
          icon={icon}
          label={t(label)}
          pressed={editor.isActive(mark)}
          onClick={() => editor.chain().focus().toggleMark(mark).run()}
        />
      ))}
      <IconButton icon={LinkIcon} label={t('notes.link')} pressed={editor.isActive('link')} onClick={onLink} />
      <span class="note-tools-line" />
      {lists.map(block => (
        <IconButton
          key={block.id}
          icon={block.icon}
          label={t(block.label)}
          pressed={block.active(editor)}
          onClick={() => block.run(editor)}
        />
      ))}
      <Menu class="icon-button" label={t('notes.insert')} items={[...inserts, ...more].map(one => itemOf(editor, one))}>
        <Icon as={Plus} size={20} />
      </Menu>
      {editor.isActive('table') && (
        <Menu class="icon-button" label={t('notes.tableMenu')} items={tableItems(editor)}>
          <Icon as={TableProperties} size={20} />
        </Menu>
      )}
      <span class="note-tools-line" />
      <IconButton
        icon={Undo2}
        label={t('notes.undo')}
        disabled={!editor.can().undo()}
        onClick={() => editor.chain().focus().undo().run()}
      />
      <IconButton
        icon={Redo2}
        label={t('notes.redo')}
        disabled={!editor.can().redo()}
        onClick={() => editor.chain().focus().redo().run()}
      />
    </div>
  )
}
