// The line at the foot of a topic: a reply, kept on this device until it is sent, and shown while it is on its way.
import { SendHorizontal } from 'lucide-preact'
import { useCallback, useEffect, useId, useRef, useState } from 'preact/hooks'
import { DropPlace } from '#client/features/files/PickFiles.tsx'
import { request } from '#client/platform/call.ts'
import { useDraft } from '#client/platform/drafts.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { AccountId } from '#protocol/base/ids.ts'
import type { ForumPolicy, TopicId } from '#protocol/channels/topics.ts'
import { type ChannelId, type ChannelPerson, channelRoutes } from '#protocol/channels.ts'
import { AttachButton } from '../attach/AttachButton.tsx'
import { AttachTray, NamelessFiles } from '../attach/AttachTray.tsx'
import { useAttach } from '../attach/attaching.ts'
import { takeFiles, takePasted } from '../attach/taking.ts'
import { NameList, optionId } from '../NameList.tsx'
import { useNaming, writeInto } from '../naming.ts'
import { postReply } from './store.ts'

export type ReplyFormProps = {
  readonly topicId: TopicId
  readonly channelId: ChannelId
  readonly policy: ForumPolicy
  readonly moderator: boolean
  /** A reply that waits for approval was sent. */
  readonly onWaiting: () => void
}

/** A text and what sends it; Control or Command with Enter sends too. */
export function ReplyForm({ topicId, channelId, policy, moderator, onWaiting }: ReplyFormProps) {
  const [text, setText] = useDraft(`reply to ${topicId}`)
  const [anonymous, setAnonymous] = useState(false)
  const [caret, setCaret] = useState(0)
  const area = useRef<HTMLTextAreaElement>(null)
  const listId = useId()
  const findPeople = useCallback(
    (q: string) => request(channelRoutes.people, { channelId, q, limit: 8 }).then(page => page.items),
    [channelId],
  )
  const naming = useNaming(text, caret, findPeople)
  const listed = naming.people.length > 0
  const attach = useAttach(channelId, `reply to ${topicId}`)
  const brings = attach?.attaching.items.value ?? []
  const whole = brings.length === 0 || (attach?.may === true && attach.attaching.ready())
  const ready = (text.trim() !== '' || brings.length > 0) && whole

  useEffect(() => {
    const element = area.current
    if (!element) return
    element.style.blockSize = 'auto'
    element.style.blockSize = `${Math.min(320, Math.max(72, element.scrollHeight + 2))}px`
  }, [text])

  const send = (what: 'all' | 'words' = 'all') => {
    if (!ready && what === 'all') return
    const sent = text.trim()
    const mentions = naming.namedIn(sent) as AccountId[]
    const files = what === 'all' ? (attach?.attaching.take() ?? []) : []
    setText('')
    area.current?.focus()
    postReply({
      ...{ topicId, text: sent, anonymous },
      ...(mentions.length > 0 ? { mentions } : {}),
      ...(files.length > 0 ? { files } : {}),
    }).then(
      ({ stand }) => {
        if (stand === 'shown') return
        showToast({ text: t('forum.postedWaits') })
        onWaiting()
      },
      (refused: unknown) => {
        showToast({ text: problemWords(refused), tone: 'bad' })
        setText(sent)
        attach?.attaching.giveBack(files)
      },
    )
  }

  const pick = (person: ChannelPerson) => {
    const next = naming.put(person, text, area.current?.selectionStart ?? caret)
    writeInto(area.current, next)
    setText(next.text)
    setCaret(next.caret)
  }

  /** Whether the key belonged to the list of names. */
  const keyOfNames = (event: KeyboardEvent): boolean => {
    const person = naming.people[naming.at]
    if (!person) return false
    if (event.key === 'ArrowDown') naming.move(1)
    else if (event.key === 'ArrowUp') naming.move(-1)
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) pick(person)
    else if (event.key === 'Escape') naming.close()
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  return (
    <DropPlace fits words={t('channels.dropToSend')} onFiles={files => takeFiles(files, attach)}>
      <form
        class="reply-form"
        onSubmit={event => {
          event.preventDefault()
          send()
        }}
      >
        {listed && <NameList id={listId} people={naming.people} at={naming.at} onPick={pick} />}
        <textarea
          ref={area}
          class="field-input"
          rows={3}
          dir="auto"
          value={text}
          maxLength={4_000}
          aria-label={t('forum.write')}
          aria-autocomplete="list"
          {...(listed ? { 'aria-controls': listId, 'aria-activedescendant': optionId(listId, naming.at) } : {})}
          placeholder={t('forum.write')}
          onInput={event => {
            setText(event.currentTarget.value)
            setCaret(event.currentTarget.selectionStart)
          }}
          onPaste={event => takePasted(event, attach)}
          onSelect={event => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={event => {
            if (event.isComposing || keyOfNames(event)) return
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            send()
          }}
        />
        <AttachTray attach={attach} onWordsAlone={text.trim() === '' ? undefined : () => send('words')} />
        {anonymous && <NamelessFiles attach={attach} />}
        <div class="reply-form-foot">
          <AttachButton attach={attach} />
          {policy.anonymous && !moderator ? (
            <Checkbox label={t('forum.withoutNameReply')} checked={anonymous} onChecked={setAnonymous} />
          ) : (
            <span />
          )}
          <Button kind="primary" type="submit" icon={SendHorizontal} disabled={!ready}>
            {t('forum.reply')}
          </Button>
        </div>
        {policy.approval && !moderator && <p class="muted">{t('forum.waitsHint')}</p>}
      </form>
    </DropPlace>
  )
}
