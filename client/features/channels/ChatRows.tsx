// The messages in sight, in order: a word where a day begins, a line where what is new begins.
import { dayWord } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import type { Message } from '#protocol/channels.ts'
import type { ChatViewProps } from './ChatView.tsx'
import { MessageRow } from './MessageRow.tsx'
import { continues } from './window.ts'

type ChatRowsProps = {
  readonly view: ChatViewProps
  /** The id of the one that is being edited. */
  readonly editing: string | undefined
  readonly onEditing: (id: string | undefined) => void
  readonly onReply: (message: Message) => void
  readonly onQuote: (number: number) => Promise<void>
}

/** The messages of `view` in order; `onQuote` goes to the one with that number. */
export function ChatRows({ view, editing, onEditing, onReply, onQuote }: ChatRowsProps) {
  const { window: log, firstUnread } = view
  return (
    <>
      {log.items.map((one, index) => {
        const before = log.items[index - 1]
        const newDay = !before || dayWord(before.sentAt) !== dayWord(one.sentAt)
        return (
          <div key={one.id} data-message={one.id} data-number={one.number}>
            {newDay && <p class="chat-day">{dayWord(one.sentAt)}</p>}
            {one.number === firstUnread && (
              <p class="chat-new">
                <span>{t('channels.new')}</span>
              </p>
            )}
            <MessageRow
              message={one}
              meId={view.meId}
              headless={view.grouped && !newDay && continues(before, one, firstUnread)}
              may={view.may(one)}
              href={view.linkTo?.(one.number)}
              kept={view.store.kept.value.has(one.id)}
              editing={editing === one.id}
              findPeople={view.findPeople}
              onEditing={() => onEditing(one.id)}
              onEdited={written => {
                onEditing(undefined)
                if (!written || written.text === one.text) return
                const stay = one.mentions.filter(known => written.text.includes(`@${known.name}`))
                view.store.edit(one, written.text, [
                  ...new Set([...stay.map(known => known.accountId), ...written.mentions]),
                ])
              }}
              onRemove={() => view.store.remove(one)}
              onReact={emoji => view.store.react(one, emoji)}
              onReply={() => onReply(one)}
              onVersions={() => view.onVersions(one)}
              onQuote={number => void onQuote(number)}
            />
          </div>
        )
      })}
    </>
  )
}
