// One message: who, when, what it answers, the words, what it was reacted with; its acts beside it. A deleted one keeps
// its place and says who took it away.
import { Copy, History, Link2, Pencil, Reply, SmilePlus, Trash2 } from 'lucide-preact'
import { useId } from 'preact/hooks'
import { shareLink } from '#client/platform/share-origin.ts'
import { t } from '#client/platform/texts.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Button } from '#client/ui/Button.tsx'
import { copyAndSay } from '#client/ui/CopyButton.tsx'
import { copyText } from '#client/ui/clipboard.ts'
import { Icon } from '#client/ui/Icon.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Menu, type MenuItem } from '#client/ui/Menu.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { Message } from '#protocol/channels.ts'
import { FilesOnTheWay, MessageFiles } from './attach/MessageFiles.tsx'
import { Composer, type Written } from './Composer.tsx'
import { MessageText } from './MessageText.tsx'
import type { FindPeople } from './naming.ts'
import { ReactionPicker, Reactions } from './Reactions.tsx'
import './Message.css'

export type PendingMessage = {
  readonly id: string
  readonly text: string
  /** Ids of the files it brings. */
  readonly files?: readonly string[] | undefined
  /** kept: there is no connection, it waits on this device. */
  readonly stand:
    | { readonly is: 'sending' }
    | { readonly is: 'kept' }
    | { readonly is: 'failed'; readonly reason: string }
}

/** What the reader may do with one message. */
export type MessageActs = {
  readonly edit: boolean
  readonly remove: boolean
  readonly react: boolean
  readonly reply: boolean
  readonly versions: boolean
}

export type MessageRowProps = {
  readonly message: Message
  readonly meId: string
  /** Goes on under the head of the one before. */
  readonly headless: boolean
  readonly may: MessageActs
  /** Its own address, to hand on. */
  readonly href?: string | undefined
  /** Something was done to it that waits on this device for a connection. */
  readonly kept: boolean
  readonly editing: boolean
  readonly findPeople?: FindPeople | undefined
  readonly onEditing: () => void
  /** What was written, or nothing when the edit was given up. */
  readonly onEdited: (written: Written | undefined) => void
  readonly onRemove: () => void
  readonly onReact: (emoji: string) => void
  readonly onReply: () => void
  readonly onVersions: () => void
  /** To the message that this one answers. */
  readonly onQuote: (number: number) => void
}

/** A message in its place. */
export function MessageRow(props: MessageRowProps) {
  const { message, headless, editing, may } = props
  const acts = message.text !== null && !editing
  return (
    <article
      class="message"
      data-headless={headless || undefined}
      data-named={message.mentions.some(one => one.accountId === props.meId) || undefined}
      aria-label={message.authorName}
    >
      <div class="message-start">{!headless && <Avatar name={message.authorName} seed={message.authorId} />}</div>
      <div class="message-body">
        {!headless && (
          <p class="message-head">
            <strong>
              <bdi>{message.authorName}</bdi>
            </strong>
            <span class="muted message-time">
              <Time at={message.sentAt} form="clock" />
            </span>
          </p>
        )}
        {message.replyTo && <Quoted message={message} onQuote={props.onQuote} />}
        {message.title && (
          <p class="message-title" dir="auto">
            {message.title}
          </p>
        )}
        <Words {...props} />
        <MessageFiles files={message.files} />
        <Reactions message={message} meId={props.meId} mayReact={may.react} onReact={props.onReact} />
        {props.kept && <p class="message-stand muted">{t('channels.keptHere')}</p>}
      </div>
      {acts && <Acts {...props} />}
    </article>
  )
}

const removedTexts = {
  author: 'channels.removedByAuthor',
  moderator: 'channels.removedByModerator',
  age: 'channels.removedByAge',
  account: 'channels.removedWithAccount',
} as const

function Words({ message, meId, editing, findPeople, onEdited }: MessageRowProps) {
  if (message.text === null) {
    return <p class="message-gone muted">{t(removedTexts[message.removedBy ?? 'author'])}</p>
  }
  if (editing)
    return (
      <Composer
        text={message.text}
        hasFiles={message.files !== undefined}
        findPeople={findPeople}
        onSend={onEdited}
        onCancel={() => onEdited(undefined)}
      />
    )
  if (message.text === '' && message.editedAt === null) return null
  return (
    <p class="message-text" dir="auto">
      <MessageText text={message.text} mentions={message.mentions} meId={meId} />
      {message.editedAt && <span class="message-edited muted"> ({t('channels.edited')})</span>}
    </p>
  )
}

function Quoted({ message, onQuote }: { readonly message: Message; readonly onQuote: (number: number) => void }) {
  const quote = message.replyTo
  if (!quote) return null
  return (
    <button type="button" class="message-quote" title={t('channels.toAnswered')} onClick={() => onQuote(quote.number)}>
      <Icon as={Reply} />
      <strong>
        <bdi>{quote.authorName}</bdi>
      </strong>
      <span class={quote.text === null ? 'message-gone' : undefined}>
        <bdi>{quote.text ?? t('channels.removedQuote')}</bdi>
      </span>
    </button>
  )
}

function Acts(props: MessageRowProps) {
  const { message, may } = props
  const pickerId = useId()
  const items: MenuItem[] = []
  if (may.reply) items.push({ label: t('channels.reply'), icon: Reply, onSelect: props.onReply })
  if (may.react)
    items.push({
      label: t('channels.react'),
      icon: SmilePlus,
      onSelect: () => document.getElementById(pickerId)?.showPopover(),
    })
  if (may.edit) items.push({ label: t('channels.edit'), icon: Pencil, onSelect: props.onEditing })
  if (message.text)
    items.push({ label: t('channels.copy'), icon: Copy, onSelect: () => void copyText(message.text ?? '') })
  const { href } = props
  if (href) items.push({ label: t('channels.copyLink'), icon: Link2, onSelect: () => void copyAndSay(shareLink(href)) })
  if (may.versions && message.editedAt)
    items.push({ label: t('channels.versions'), icon: History, onSelect: props.onVersions })
  if (may.remove) items.push({ label: t('channels.remove'), icon: Trash2, onSelect: props.onRemove, kind: 'danger' })
  const name = message.authorName
  return (
    <div class="message-menu">
      {may.react && <ReactionPicker id={pickerId} name={name} onReact={props.onReact} />}
      {may.reply && <IconButton icon={Reply} label={t('channels.replyTo', { name })} onClick={props.onReply} />}
      <Menu label={t('channels.messageMenu', { name })} items={items} />
    </div>
  )
}

/** A message that is not in the channel yet. */
export function PendingRow({
  pending,
  me,
  onRetry,
  onDiscard,
}: {
  readonly pending: PendingMessage
  /** Who wrote it, where it does not go on under an own head. */
  readonly me: { readonly id: string; readonly name: string } | undefined
  readonly onRetry: () => void
  readonly onDiscard: () => void
}) {
  const { stand } = pending
  return (
    <article class="message" data-pending data-headless={!me || undefined} aria-label={t('channels.you')}>
      <div class="message-start">{me && <Avatar name={me.name} seed={me.id} />}</div>
      <div class="message-body">
        {me && (
          <p class="message-head">
            <strong>
              <bdi>{me.name}</bdi>
            </strong>
          </p>
        )}
        <p class="message-text" dir="auto">
          {pending.text}
        </p>
        <FilesOnTheWay ids={pending.files ?? []} />
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
