// The slash menu's half in the text: notices "/" at the start of a word as it is typed, takes the keys while the menu is
// open, and takes the typed word away when something was chosen. Others' typing never opens it.

import { isChangeOrigin } from '@tiptap/extension-collaboration'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'

/** An open menu: what was typed after the slash, where, and where the cursor is on the screen. */
export interface SlashQuery {
  readonly words: string
  readonly from: number
  readonly to: number
}

export interface SlashOptions {
  /** The menu opens, follows the typing, and closes (undefined). */
  readonly onQuery: (query: SlashQuery | undefined, view: EditorView) => void
  /** A key while it is open. True when the menu took it. */
  readonly onKey: (key: string) => boolean
}

interface SlashState {
  readonly query: SlashQuery | undefined
  /** The slash that was dismissed: it stays closed until another is typed. */
  readonly dismissed: number | undefined
}

const key = new PluginKey<SlashState>('slash')

/** Closes the menu and leaves the text as it is. */
export const dismissSlash = (view: EditorView): void => view.dispatch(view.state.tr.setMeta(key, 'dismiss'))

const closed: SlashState = { query: undefined, dismissed: undefined }

export function slashPlugin({ onQuery, onKey }: SlashOptions): Plugin<SlashState> {
  return new Plugin<SlashState>({
    key,
    state: {
      init: () => closed,
      apply(tr, before, _old, state) {
        if (tr.getMeta(key) === 'dismiss') return { query: undefined, dismissed: before.query?.from }
        const typed = tr.docChanged && !isChangeOrigin(tr)
        if (!before.query && !typed) return before
        const { $from, empty } = state.selection
        const { parent } = $from
        if (!empty || !parent.isTextblock || parent.type.spec.code) return closed
        const line = parent.textBetween(Math.max(0, $from.parentOffset - 40), $from.parentOffset, null, '\ufffc')
        const words = /(?:^|\s)\/([\p{L}\d ]{0,24})$/u.exec(line)?.[1]
        if (words === undefined) return closed
        const from = $from.pos - words.length - 1
        if (before.dismissed === from) return before
        return { query: { words, from, to: $from.pos }, dismissed: undefined }
      },
    },
    view: () => ({
      update(view, old) {
        const now = key.getState(view.state)?.query
        if (now !== key.getState(old)?.query) onQuery(view.editable ? now : undefined, view)
      },
    }),
    props: {
      handleKeyDown(view, event) {
        if (!key.getState(view.state)?.query || event.isComposing) return false
        if (event.key === 'Escape') {
          dismissSlash(view)
          return true
        }
        return onKey(event.key)
      },
      handleDOMEvents: {
        blur(view) {
          if (key.getState(view.state)?.query) dismissSlash(view)
          return false
        },
      },
    },
  })
}
