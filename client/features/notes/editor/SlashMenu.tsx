// The menu that "/" opens: filtered by what is typed, moved in by the arrows while the cursor stays in the text.
import { type Signal, useComputed, useSignalEffect } from '@preact/signals'
import type { Editor } from '@tiptap/core'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import { announce } from '#client/ui/LiveRegion.tsx'
import { type Block, blocks } from './blocks.ts'
import type { SlashQuery } from './slash.ts'

export interface OpenSlash {
  readonly query: SlashQuery
  /** The cursor on the screen, in pixels of the window. */
  readonly at: { readonly left: number; readonly top: number; readonly bottom: number }
  readonly chosen: number
}

/** What fits the typed words, in order. */
export function blocksFor(words: string, more: readonly Block[] = []): readonly Block[] {
  const asked = words.trim().toLocaleLowerCase()
  return [...blocks, ...more].filter(one => t(one.label).toLocaleLowerCase().includes(asked))
}

/** Puts a block where the slash was. */
export function runBlock(editor: Editor, query: SlashQuery, block: Block): void {
  editor.chain().deleteRange({ from: query.from, to: query.to }).run()
  block.run(editor)
}

export interface SlashMenuProps {
  readonly editor: Editor
  readonly open: Signal<OpenSlash | undefined>
  /** What this text may hold beside what every text may. */
  readonly more?: readonly Block[] | undefined
}

const optionId = (block: Block) => `slash-${block.id}`

/** Mounted with the editor; shows itself while there is something to choose. */
export function SlashMenu({ editor, open, more }: SlashMenuProps) {
  const menu = useRef<HTMLDivElement>(null)
  const shown = useComputed(() => (open.value ? blocksFor(open.value.query.words, more) : [])).value
  const now = open.value
  const chosen = now && shown[now.chosen % Math.max(1, shown.length)]

  useLayoutEffect(() => {
    const element = menu.current
    const text = editor.view.dom
    if (!element) return
    if (!now || shown.length === 0) {
      if (element.matches(':popover-open')) element.hidePopover()
      for (const name of ['aria-controls', 'aria-activedescendant']) text.removeAttribute(name)
      return
    }
    if (!element.matches(':popover-open')) element.showPopover()
    const { width, height } = element.getBoundingClientRect()
    const { left, top, bottom } = now.at
    const below = bottom + 6
    const room = window.visualViewport?.height ?? innerHeight
    element.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`
    element.style.top = `${below + height > room - 8 && top - height - 6 > 8 ? top - height - 6 : below}px`
    text.setAttribute('aria-controls', element.id)
    if (chosen) text.setAttribute('aria-activedescendant', optionId(chosen))
    element.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [now, shown])

  useSignalEffect(() => {
    const query = open.value?.query.words
    if (query !== undefined) announce(t('notes.slashFound', { count: blocksFor(query, more).length }))
  })

  return (
    <div
      ref={menu}
      id="note-slash"
      class="menu note-slash"
      popover="manual"
      role="listbox"
      aria-label={t('notes.slashLabel')}
    >
      {shown.map((block, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys stay with the text; the text names the chosen one.
        <div
          key={block.id}
          id={optionId(block)}
          class="menu-item"
          role="option"
          tabIndex={-1}
          aria-selected={block === chosen}
          onMouseMove={() => {
            if (now && block !== chosen) open.value = { ...now, chosen: index }
          }}
          onMouseDown={event => event.preventDefault()}
          onClick={() => now && runBlock(editor, now.query, block)}
        >
          <Icon as={block.icon} />
          <span>{t(block.label)}</span>
          {block.typed && <kbd class="note-slash-typed">{block.typed}</kbd>}
        </div>
      ))}
    </div>
  )
}
