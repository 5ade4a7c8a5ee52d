// What a message was reacted with: each emoji with its count, pressed where it is one's own, and the six that are one
// tap away.
import { SmilePlus } from 'lucide-preact'
import { useRef, useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import { channelRoutes, type Message, quickReactions } from '#protocol/channels.ts'
import { isMine } from './reactions.ts'

export type ReactionsProps = {
  readonly message: Message
  readonly meId: string
  readonly mayReact: boolean
  readonly onReact: (emoji: string) => void
}

/** Who reacted with what, in words, asked when somebody wants to know. */
function useWho(message: Message): { readonly words: ReadonlyMap<string, string>; readonly ask: () => void } {
  const [words, setWords] = useState<ReadonlyMap<string, string>>(new Map())
  const asked = useRef('')
  const key = JSON.stringify(message.reactions.map(one => [one.emoji, one.count]))
  const ask = () => {
    if (asked.current === key) return
    asked.current = key
    request(channelRoutes.reactions, { messageId: message.id, limit: 100 }).then(
      ({ items }) => {
        const names = new Map<string, string[]>()
        for (const one of items) names.set(one.emoji, [...(names.get(one.emoji) ?? []), one.name])
        setWords(new Map([...names].map(([emoji, list]) => [emoji, list.slice(0, 20).join(', ')])))
      },
      () => {
        asked.current = ''
      },
    )
  }
  return { words, ask }
}

/** Below the words; nothing where there are none. */
export function Reactions({ message, meId, mayReact, onReact }: ReactionsProps) {
  const { words, ask } = useWho(message)
  if (message.reactions.length === 0) return null
  return (
    <ul class="reactions" aria-label={t('channels.reactions')} onPointerEnter={ask} onFocusIn={ask}>
      {message.reactions.map(one => {
        const mine = isMine(one, meId)
        const label = t('channels.reactedWith', { emoji: one.emoji, count: one.count })
        return (
          <li key={one.emoji}>
            <button
              type="button"
              class="reaction"
              aria-pressed={mine}
              aria-label={label}
              title={words.get(one.emoji) ?? label}
              disabled={!mayReact}
              onClick={() => onReact(one.emoji)}
            >
              <span aria-hidden="true">{one.emoji}</span>
              <span class="figures" aria-hidden="true">
                {one.count}
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

export type ReactionPickerProps = {
  /** Of the six, so that a menu can open them too. */
  readonly id: string
  readonly name: string
  readonly onReact: (emoji: string) => void
}

/** A button that opens the six; on a phone the message's menu does. */
export function ReactionPicker({ id, name, onReact }: ReactionPickerProps) {
  const list = useRef<HTMLFieldSetElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const place = () => {
    // Where the button is not shown, beside what stands in its place.
    const shown = button.current?.offsetParent ? button.current : button.current?.parentElement
    const at = shown?.getBoundingClientRect()
    const box = list.current
    if (!at || !box) return
    const size = box.getBoundingClientRect()
    const left = Math.max(8, Math.min(at.right - size.width, innerWidth - size.width - 8))
    const top = at.top - size.height - 4 > 8 ? at.top - size.height - 4 : at.bottom + 4
    box.style.left = `${left}px`
    box.style.top = `${top}px`
    box.querySelector('button')?.focus()
  }
  const buttons = () => [...(list.current?.querySelectorAll('button') ?? [])]
  return (
    <>
      <button
        ref={button}
        type="button"
        class="icon-button"
        popovertarget={id}
        title={t('channels.react')}
        aria-label={t('channels.reactTo', { name })}
      >
        <Icon as={SmilePlus} size={20} />
      </button>
      <fieldset
        id={id}
        ref={list}
        class="reaction-picker"
        popover="auto"
        aria-label={t('channels.reactTo', { name })}
        onToggle={event => {
          if (event.newState === 'open') place()
        }}
        onKeyDown={event => {
          const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
          if (by === 0) return
          const all = buttons()
          all.at((all.indexOf(document.activeElement as HTMLButtonElement) + by) % all.length)?.focus()
        }}
      >
        {quickReactions.map(one => (
          <button
            key={one}
            type="button"
            aria-label={one}
            onClick={() => {
              list.current?.hidePopover()
              if (button.current?.offsetParent) button.current.focus()
              onReact(one)
            }}
          >
            {one}
          </button>
        ))}
      </fieldset>
    </>
  )
}
