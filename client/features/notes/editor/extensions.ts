// What a note may hold and how it is typed: the nodes and marks of protocol/notes.ts, nothing else. Pasted things are
// cut down to these; no style, script or event of theirs survives.
import { type AnyExtension, Extension, InputRule, Node, textblockTypeInputRule } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { TaskItem, TaskList } from '@tiptap/extension-list'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import { Placeholder } from '@tiptap/extensions'
import { StarterKit } from '@tiptap/starter-kit'
import { yCursorPlugin } from '@tiptap/y-tiptap'
import { safeLink } from '#client/features/content/links.ts'
import type { DocumentCopy } from '#client/platform/documents.ts'
import { t } from '#client/platform/texts.ts'
import { noteField } from '#protocol/notes.ts'
import { caretElement, selectionAttributes } from './carets.ts'
import { type SlashOptions, slashPlugin } from './slash.ts'

const levels = [1, 2, 3, 4, 5, 6] as const

/** Headings stand below the page's own: the first level of a note is the second of the page. */
const Headings = Node.create({
  name: 'heading',
  content: 'inline*',
  group: 'block',
  defining: true,
  addAttributes: () => ({ level: { default: 1, rendered: false } }),
  parseHTML: () => [
    ...levels.map(level => ({ tag: `h${level + 1}[data-level="${level}"]`, attrs: { level }, priority: 60 })),
    ...levels.map(level => ({ tag: `h${level}`, attrs: { level } })),
  ],
  renderHTML({ node }) {
    const level = levels.find(one => one === node.attrs.level) ?? 1
    return [`h${Math.min(6, level + 1)}`, { 'data-level': level }, 0]
  },
  addKeyboardShortcuts() {
    const toggle = (level: number) => () => this.editor.commands.toggleNode('heading', 'paragraph', { level })
    return { 'Mod-Alt-1': toggle(1), 'Mod-Alt-2': toggle(2), 'Mod-Alt-3': toggle(3) }
  },
  addInputRules() {
    return levels.map(level =>
      textblockTypeInputRule({ find: new RegExp(`^#{${level}}\\s$`), type: this.type, getAttributes: { level } }),
    )
  },
})

/** "- [ ] " as people type it: the brackets turn a line of a bullet list into a task. */
const TypedTasks = Extension.create({
  name: 'typedTasks',
  addInputRules: () => [
    new InputRule({
      find: /^\[([ xX]?)\]\s$/,
      handler: ({ range, chain, match, state }) => {
        if (state.doc.resolve(range.from).node(-1)?.type.name !== 'listItem') return null
        const checked = /x/i.test(match[1] ?? '')
        chain().deleteRange(range).toggleTaskList().updateAttributes('taskItem', { checked }).run()
        return undefined
      },
    }),
  ],
})

/** Others' cursors, by who they are. */
const carets = (copy: DocumentCopy) =>
  Extension.create({
    name: 'carets',
    priority: 999,
    addProseMirrorPlugins: () => [
      yCursorPlugin(copy.awareness, { cursorBuilder: caretElement, selectionBuilder: selectionAttributes }),
    ],
  })

const slash = (options: SlashOptions) =>
  Extension.create({ name: 'slash', addProseMirrorPlugins: () => [slashPlugin(options)] })

/** What any text of ours may hold. `undo`: the editor's own, where the text is no shared document. */
export function textExtensions(undo: 'own' | 'shared', slashOptions: SlashOptions): AnyExtension[] {
  return [
    StarterKit.configure({
      // A shared document's own undo knows whose edits are whose.
      ...(undo === 'shared' ? { undoRedo: false as const } : {}),
      heading: false,
      dropcursor: { color: false, class: 'note-drop' },
      link: {
        openOnClick: false,
        autolink: true,
        defaultProtocol: 'https',
        isAllowedUri: address => safeLink(address ?? '') !== undefined,
        HTMLAttributes: { rel: 'noopener noreferrer nofollow', target: '_blank' },
      },
    }),
    Headings,
    TaskList,
    TaskItem.configure({
      nested: true,
      a11y: { checkboxLabel: node => t('notes.task', { text: node.textContent.slice(0, 80) }) },
    }),
    TypedTasks,
    Table.configure({ resizable: false, renderWrapper: true }),
    TableRow,
    TableHeader,
    TableCell,
    Placeholder.configure({ placeholder: t('notes.placeholder'), showOnlyWhenEditable: true }),
    slash(slashOptions),
  ]
}

/** The extensions of an editor over one copy of a document. */
export const noteExtensions = (copy: DocumentCopy, slashOptions: SlashOptions): AnyExtension[] => [
  ...textExtensions('shared', slashOptions),
  Collaboration.configure({ document: copy.doc, field: noteField }),
  carets(copy),
]
