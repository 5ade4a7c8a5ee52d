// Others' cursors in the text: a bar and a name each, in the colour of the person's avatar; and where each one is, in
// words. What others say of themselves is text and a number here, never markup or style.
import type { EditorState } from '@tiptap/pm/state'
import type { DecorationAttrs } from '@tiptap/pm/view'
import { relativePositionToAbsolutePosition, ySyncPluginKey } from '@tiptap/y-tiptap'
import type { Awareness } from 'y-protocols/awareness'
import { createRelativePositionFromJSON } from 'yjs'
import { hueOf } from '#client/ui/Avatar.tsx'

/** What an awareness state says of its person; anybody may have written it. */
interface Claimed {
  readonly id?: unknown
  readonly name?: unknown
}

const wordsOf = (user: Claimed): { id: string; name: string } => {
  const name = typeof user.name === 'string' ? user.name.slice(0, 80) : '?'
  return { id: typeof user.id === 'string' ? user.id.slice(0, 80) : name, name }
}

/** The bar in the text with the name on it. */
export function caretElement(user: Claimed): HTMLElement {
  const { id, name } = wordsOf(user)
  const caret = document.createElement('span')
  caret.className = 'note-caret'
  caret.style.setProperty('--hue', String(hueOf(id)))
  // Announced on demand, not in the middle of a sentence.
  caret.setAttribute('aria-hidden', 'true')
  const label = document.createElement('span')
  label.className = 'note-caret-name'
  label.textContent = name
  caret.append('\u2060', label, '\u2060')
  return caret
}

export function selectionAttributes(user: Claimed): DecorationAttrs {
  return { class: 'note-selected', style: `--hue: ${hueOf(wordsOf(user).id)}` }
}

/** Somebody who has the note open, in however many windows. */
export interface Present {
  readonly id: string
  readonly name: string
  /** The client whose cursor moved last; undefined for those who only read. */
  readonly client: number | undefined
  readonly me: boolean
}

/** Everybody here, oneself first, then by name. */
export function everybodyHere(awareness: Awareness, meId: string): readonly Present[] {
  const people = new Map<string, Present>()
  for (const [client, state] of awareness.getStates()) {
    const user: unknown = state.user
    if (typeof user !== 'object' || user === null) continue
    const { id, name } = wordsOf(user)
    const at = state.cursor ? client : people.get(id)?.client
    people.set(id, { id, name, client: at, me: id === meId })
  }
  return [...people.values()].sort((a, b) => Number(b.me) - Number(a.me) || a.name.localeCompare(b.name))
}

/** Where a client's cursor stands in the document; undefined when it has none, or where it was is gone. */
export function caretPosition(state: EditorState, awareness: Awareness, client: number): number | undefined {
  const sync = ySyncPluginKey.getState(state)
  const cursor: unknown = awareness.getStates().get(client)?.cursor
  if (!sync?.binding || typeof cursor !== 'object' || cursor === null || !('head' in cursor)) return undefined
  try {
    const head = createRelativePositionFromJSON(cursor.head)
    const at = relativePositionToAbsolutePosition(sync.doc, sync.type, head, sync.binding.mapping)
    return at === null ? undefined : Math.min(at, state.doc.content.size)
  } catch {
    return undefined
  }
}

const placeLength = 60

/** A place as its nearest heading, or the beginning of its line; empty at an unwritten beginning. */
export function placeWords(state: EditorState, position: number): string {
  let heading = ''
  state.doc.nodesBetween(0, position, (node, at) => {
    if (node.type.name === 'heading' && at <= position) heading = node.textContent
    return !node.isTextblock
  })
  const line = state.doc.resolve(position).parent.textContent
  return (heading || line).slice(0, placeLength)
}
