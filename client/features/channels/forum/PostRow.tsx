// One post of a topic: who, when, the words; its acts behind three dots. A deleted one keeps its place.
import { Check, History, Link2, Pencil, Trash2, Undo2 } from 'lucide-preact'
import { useId, useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { shareLink } from '#client/platform/share-origin.ts'
import { t } from '#client/platform/texts.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Button } from '#client/ui/Button.tsx'
import { copyAndSay } from '#client/ui/CopyButton.tsx'
import { Menu, type MenuItem } from '#client/ui/Menu.tsx'
import { Time } from '#client/ui/Time.tsx'
import { channelCalls, channelRoutes, type Message, type MessageVersion } from '#protocol/channels.ts'
import { MessageFiles } from '../attach/MessageFiles.tsx'
import { MessageText } from '../MessageText.tsx'
import { ReactionPicker, Reactions } from '../Reactions.tsx'
import { isMine } from '../reactions.ts'
import { VersionsDialog } from '../VersionsDialog.tsx'
import '../Message.css'
import { act } from './store.ts'
import { authorName } from './TopicFacts.tsx'

export type PostRowProps = {
  readonly post: Message
  readonly mine: boolean
  readonly moderator: boolean
  /** Who is behind a post without a name, for those who may know. */
  readonly known?: string | undefined
  readonly mayEdit: boolean
  /** Accepts it as the answer or takes that back; absent where the reader may not. */
  readonly onAccept?: ((accept: 'accept' | 'take back') => void) | undefined
  readonly accepted?: boolean | undefined
  readonly meId: string
  readonly mayReact: boolean
  /** Its own address, to hand on. */
  readonly href?: string | undefined
}

const readVersions = (post: Message): Promise<readonly MessageVersion[]> =>
  request(channelRoutes.versions, { messageId: post.id }).then(answer => answer.items)

/** A post in its place. */
const removedTexts = {
  author: 'forum.removedByAuthor',
  moderator: 'forum.removedByModerator',
  age: 'forum.removedByAge',
  account: 'forum.removedWithAccount',
} as const

/** The post; what may be done with it hangs on whose it is and on the topic. */
export function PostRow(props: PostRowProps) {
  const { post, mine, moderator, accepted = false, onAccept } = props
  const [editing, setEditing] = useState(false)
  const [history, setHistory] = useState(false)
  const pickerId = useId()
  const react = (emoji: string) => {
    const set = post.reactions.some(one => one.emoji === emoji && isMine(one, props.meId)) ? 'off' : 'on'
    void act(channelCalls.react, { messageId: post.id, emoji, set })
  }
  const name = authorName(post.authorName, props.known)
  const items: MenuItem[] = []
  if (onAccept && accepted)
    items.push({ label: t('forum.unaccept'), icon: Undo2, onSelect: () => onAccept('take back') })
  if (mine && props.mayEdit) items.push({ label: t('forum.edit'), icon: Pencil, onSelect: () => setEditing(true) })
  if ((mine || moderator) && post.editedAt)
    items.push({ label: t('channels.versionsTitle'), icon: History, onSelect: () => setHistory(true) })
  const { href } = props
  if (href) items.push({ label: t('channels.copyLink'), icon: Link2, onSelect: () => void copyAndSay(shareLink(href)) })
  if (mine || moderator) {
    items.push({
      label: t('forum.remove'),
      icon: Trash2,
      kind: 'danger',
      onSelect: () => void act(channelCalls.remove, { messageId: post.id }, t('forum.removed')),
    })
  }
  return (
    <article class="post" data-accepted={accepted || undefined} aria-label={name}>
      <header class="post-head">
        <Avatar name={name} seed={post.authorId} size={32} />
        <p class="post-who">
          <strong>
            <bdi>{name}</bdi>
          </strong>
          {mine && <span class="muted"> ({t('forum.you')})</span>}
          <span class="muted post-when">
            <Time at={post.sentAt} />
            {post.editedAt && post.text !== null && ` · ${t('forum.edited')}`}
          </span>
        </p>
        {items.length > 0 && post.text !== null && !editing && (
          <Menu label={t('forum.postMenu', { name })} items={items} />
        )}
      </header>
      {post.text === null ? (
        <p class="post-gone muted">{t(removedTexts[post.removedBy ?? 'author'])}</p>
      ) : editing ? (
        <EditPost post={post} onDone={() => setEditing(false)} />
      ) : (
        post.text !== '' && (
          <p class="post-text" dir="auto">
            <MessageText text={post.text} mentions={post.mentions} meId={props.meId} />
          </p>
        )
      )}
      {!editing && <MessageFiles files={post.files} />}
      {post.text !== null && !editing && (
        <div class="post-acts">
          <Reactions message={post} meId={props.meId} mayReact={props.mayReact} onReact={react} />
          {props.mayReact && <ReactionPicker id={pickerId} name={name} onReact={react} />}
          {onAccept && !accepted && (
            <Button size="small" icon={Check} onClick={() => onAccept('accept')}>
              {t('forum.accept')}
            </Button>
          )}
        </div>
      )}
      {history && <VersionsDialog message={post} read={readVersions} onClose={() => setHistory(false)} />}
    </article>
  )
}

function EditPost({ post, onDone }: { readonly post: Message; readonly onDone: () => void }) {
  const [text, setText] = useState(post.text ?? '')
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    const saved = await act(channelCalls.edit, { messageId: post.id, version: post.version, text })
    setBusy(false)
    if (saved) onDone()
  }
  return (
    <form
      class="reply-form"
      onSubmit={event => {
        event.preventDefault()
        void save()
      }}
    >
      <textarea
        class="field-input"
        rows={4}
        value={text}
        maxLength={4_000}
        aria-label={t('forum.edit')}
        ref={element => element?.focus()}
        onInput={event => setText(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          onDone()
        }}
      />
      <div class="reply-form-foot">
        <Button onClick={onDone}>{t('ui.cancel')}</Button>
        <Button kind="primary" type="submit" busy={busy} disabled={text.trim() === '' && !post.files}>
          {t('forum.save')}
        </Button>
      </div>
    </form>
  )
}
