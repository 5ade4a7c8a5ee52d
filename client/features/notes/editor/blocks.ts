// The things that can be put into a note, one list for the toolbar and the slash menu.
import type { Editor } from '@tiptap/core'
import {
  CodeXml,
  Heading1,
  Heading2,
  Heading3,
  List,
  ListChecks,
  ListOrdered,
  type LucideIcon,
  Minus,
  Pilcrow,
  Table,
  TextQuote,
} from 'lucide-preact'
import type { PlainTextKey } from '#client/platform/texts.ts'

export interface Block {
  readonly id: string
  readonly label: PlainTextKey
  readonly icon: LucideIcon
  /** What can be typed to have it without the menu, shown beside it. */
  readonly typed?: string
  readonly run: (editor: Editor) => void
  readonly active: (editor: Editor) => boolean
}

const chain = (editor: Editor) => editor.chain().focus()

const heading = (level: 1 | 2 | 3, icon: LucideIcon): Block => ({
  id: `heading${level}`,
  label: `notes.heading${level}`,
  icon,
  typed: '#'.repeat(level),
  run: editor => chain(editor).setNode('heading', { level }).run(),
  active: editor => editor.isActive('heading', { level }),
})

/** Forms of a line; exactly one of them holds at the cursor, or none inside a code block. */
export const styles: readonly Block[] = [
  {
    id: 'text',
    label: 'notes.text',
    icon: Pilcrow,
    run: editor => chain(editor).setParagraph().run(),
    active: editor => editor.isActive('paragraph'),
  },
  heading(1, Heading1),
  heading(2, Heading2),
  heading(3, Heading3),
]

export const lists: readonly Block[] = [
  {
    id: 'bulletList',
    label: 'notes.bulletList',
    icon: List,
    typed: '-',
    run: editor => chain(editor).toggleBulletList().run(),
    active: editor => editor.isActive('bulletList'),
  },
  {
    id: 'orderedList',
    label: 'notes.orderedList',
    icon: ListOrdered,
    typed: '1.',
    run: editor => chain(editor).toggleOrderedList().run(),
    active: editor => editor.isActive('orderedList'),
  },
  {
    id: 'taskList',
    label: 'notes.taskList',
    icon: ListChecks,
    typed: '[ ]',
    run: editor => chain(editor).toggleTaskList().run(),
    active: editor => editor.isActive('taskList'),
  },
]

export const inserts: readonly Block[] = [
  {
    id: 'quote',
    label: 'notes.quote',
    icon: TextQuote,
    typed: '>',
    run: editor => chain(editor).toggleBlockquote().run(),
    active: editor => editor.isActive('blockquote'),
  },
  {
    id: 'codeBlock',
    label: 'notes.codeBlock',
    icon: CodeXml,
    typed: '```',
    run: editor => chain(editor).toggleCodeBlock().run(),
    active: editor => editor.isActive('codeBlock'),
  },
  {
    id: 'table',
    label: 'notes.table',
    icon: Table,
    run: editor => chain(editor).insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
    active: editor => editor.isActive('table'),
  },
  {
    id: 'rule',
    label: 'notes.rule',
    icon: Minus,
    typed: '---',
    run: editor => chain(editor).setHorizontalRule().run(),
    active: () => false,
  },
]

/** In the order the slash menu shows them. */
export const blocks: readonly Block[] = [...styles.slice(1), ...lists, ...inserts, ...styles.slice(0, 1)]
