// One message: who, when, the text; its acts behind three dots. A deleted one keeps its place and says who took it away.
import { Pencil, Trash2 } from 'lucide-preact'
import { t } from '#client/platform/texts.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Menu, type MenuItem } from '#client/ui/Menu.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { Message } from '#protocol/channels.ts'
import type { PendingMessage } from './ChatView.tsx'
import { Composer } from './Composer.tsx'

export type MessageRowProps = {
  readonly message: Message
  /** Goes on under the head of the one before. */
  readonly headless: boolean
  readonly mayEdit: boolean
  readonly mayRemove: boolean
  readonly editing: boolean
  readonly onEditing: () => void
  /** The new text, or nothing when the edit was given up. */
  readonly onEdited: (text: string | undefined) => void
  readonly onRemove: () => void
}

/** A message in its place. */
export function MessageRow(props: MessageRowProps) {
  const { message, headless, editing } = props
  const items: MenuItem[] = []
  if (props.mayEdit) items.push({ label: t('channels.edit'), icon: Pencil, onSelect: props.onEditing })
  if (props.mayRemove) {
    items.push({ label: t('channels.remove'), icon: Trash2, onSelect: props.onRemove, kind: 'danger' })
  }
  return (
    <article class="message" data-headless={headless || undefined} aria-label={message.authorName}>
      <div class="message-start">{!headless && <Avatar name={message.authorName} seed={message.authorId} />}</div>
      <div class="message-body">
        {!headless && (
          <p class="message-head">
            <strong>{message.authorName}</strong>
            <span class="muted message-time">
              <Time at={message.sentAt} form="clock" />
            </span>
          </p>
        )}
        {message.text === null ? (
          <p class="message-gone muted">
            {message.removedBy === 'moderator' ? t('channels.removedByModerator') : t('channels.removedByAuthor')}
          </p>
        ) : editing ? (
          <Composer text={message.text} onSend={props.onEdited} onCancel={() => props.onEdited(undefined)} />
        ) : (
          <p class="message-text">
            {message.text}
            {message.editedAt && <span class="message-edited muted"> ({t('channels.edited')})</span>}
          </p>
        )}
      </div>
      {items.length > 0 && message.text !== null && !editing && (
        <div class="message-menu">
          <Menu label={t('channels.messageMenu', { name: message.authorName })} items={items} />
        </div>
      )}
    </article>
  )
}

/** A message that is not in the channel yet. */
export function PendingRow({
  pending,
  onRetry,
  onDiscard,
}: {
  readonly pending: PendingMessage
  readonly onRetry: () => void
  readonly onDiscard: () => void
}) {
  const { stand } = pending
  return (
    <article class="message" data-pending aria-label={t('channels.you')}>
      <div class="message-start" />
      <div class="message-body">
        <p class="message-text">{pending.text}</p>
        {stand.is === 'failed' ? (
          <div class="message-failed" role="alert">
            <span>{t('channels.failed', { reason: stand.reason })}</span>
            <Button size="small" onClick={onRetry}>
              {t('channels.retry')}
            </Button>
            <Button size="small" kind="quiet" onClick={onDiscard}>
              {t('channels.discard')}
            </Button>
          </div>
        ) : (
          <p class="message-stand muted">{stand.is === 'kept' ? t('channels.keptHere') : t('channels.sending')}</p>
        )}
      </div>
    </article>
  )
}
