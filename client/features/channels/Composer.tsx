// The line to write in: grows with the text, Enter sends, Shift and Enter makes a line, @ names somebody. Also edits a
// message, answers one, and writes an announcement with its title. Files go with it where the reader may send them.
import { Reply, SendHorizontal, X } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useDraft } from '#client/platform/drafts.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import type { AttachmentId } from '#protocol/channels/attachments.ts'
import { type ChannelPerson, lineOf, type Message } from '#protocol/channels.ts'
import { AttachButton } from './attach/AttachButton.tsx'
import { AttachTray } from './attach/AttachTray.tsx'
import type { Attach } from './attach/attaching.ts'
import { takePasted } from './attach/taking.ts'
import { NameList, optionId } from './NameList.tsx'
import { type FindPeople, useNaming, writeInto } from './naming.ts'

const most = 4_000
const mostTitle = 120

/** What is sent: ids of the people it names beside the words. */
export type Written = {
  readonly text: string
  readonly title?: string | undefined
  readonly mentions: readonly string[]
  readonly files?: readonly AttachmentId[] | undefined
}

export type ComposerProps = {
  /** The text to edit; an empty line to write in when left away. */
  readonly text?: string | undefined
  /** Where what is begun is kept on this device; without it, it lives as long as the line. */
  readonly place?: string | undefined
  /** Says what the line is for. */
  readonly hint?: string | undefined
  /** With a line for a title: an announcement. */
  readonly titled?: boolean | undefined
  /** Takes files; without it none are. */
  readonly attach?: Attach | undefined
  /** An edit may leave no words where files stay. */
  readonly hasFiles?: boolean | undefined
  readonly replyTo?: Message | undefined
  readonly onDropReply?: (() => void) | undefined
  readonly findPeople?: FindPeople | undefined
  readonly onSend: (written: Written) => void
  readonly onCancel?: (() => void) | undefined
  readonly onTyping?: (() => void) | undefined
  /** Arrow up in an empty line. */
  readonly onEditLast?: (() => void) | undefined
}

/** A text and what sends it. */
export function Composer(props: ComposerProps) {
  const { text: before, onCancel, replyTo, onDropReply, attach } = props
  const [text, setText] = useDraft(props.place, before)
  const [title, setTitle] = useDraft(props.titled && props.place !== undefined ? `${props.place} title` : undefined)
  const [caret, setCaret] = useState(0)
  const area = useRef<HTMLTextAreaElement>(null)
  const listId = useId()
  const naming = useNaming(text, caret, props.findPeople)
  const listed = naming.people.length > 0
  const over = text.trim().length - most
  const brings = attach?.attaching.items.value ?? []
  const whole = brings.length === 0 || (attach?.may === true && attach.attaching.ready())
  const says = text.trim() !== '' || brings.length > 0 || props.hasFiles === true
  const ready = says && over <= 0 && whole

  useLayoutEffect(() => {
    const element = area.current
    if (!element) return
    element.style.blockSize = 'auto'
    element.style.blockSize = `${Math.min(160, element.scrollHeight + 2)}px`
  }, [text])

  useEffect(() => {
    if (before === undefined) return
    const element = area.current
    element?.focus()
    element?.setSelectionRange(before.length, before.length)
  }, [before])

  useEffect(() => {
    if (replyTo) area.current?.focus()
  }, [replyTo?.id])

  const head = props.titled && title.trim() !== '' ? title.trim() : undefined
  const send = (now = text) => {
    if (!ready) return
    const files = attach?.attaching.take() ?? []
    props.onSend({ text: now.trim(), title: head, mentions: naming.namedIn(now), files })
    if (before !== undefined) return
    setText('')
    setTitle('')
  }

  /** Files wait for a connection, words need not. */
  const sendWords = () => {
    props.onSend({ text: text.trim(), title: head, mentions: naming.namedIn(text) })
    setText('')
    setTitle('')
  }

  const pick = (person: ChannelPerson) => {
    const next = naming.put(person, text, area.current?.selectionStart ?? caret)
    writeInto(area.current, next)
    setText(next.text)
    setCaret(next.caret)
    return next.text
  }

  // Enter pressed before it was known who is named: done as it would have been, once it is. Typing on gives it up.
  const held = useRef({ text: '', enters: 0 })
  const hold = () => {
    const { text: before, enters } = held.current
    held.current = { text, enters: before === text ? enters + 1 : 1 }
  }
  useEffect(() => {
    const { text: then, enters } = held.current
    if (naming.pending) return
    held.current = { text: '', enters: 0 }
    if (enters === 0 || then !== text) return
    const [person] = naming.people
    if (!person) send()
    else {
      const named = pick(person)
      if (enters > 1) send(named)
    }
  }, [naming.pending, text])

  /** Whether the key belonged to the list of names. */
  const keyOfNames = (event: KeyboardEvent): boolean => {
    if (!listed) return false
    const person = naming.people[naming.at]
    if (event.key === 'ArrowDown') naming.move(1)
    else if (event.key === 'ArrowUp') naming.move(-1)
    else if ((event.key === 'Enter' || event.key === 'Tab') && person && !event.shiftKey) pick(person)
    else if (event.key === 'Escape') naming.close()
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  const giveUp = onCancel ?? (replyTo ? onDropReply : undefined)
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter while an input method composes belongs to it.
    if (event.isComposing) return
    if (naming.pending && (event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && !props.titled) {
      event.preventDefault()
      event.stopPropagation()
      hold()
      return
    }
    if (keyOfNames(event)) return
    if (event.key === 'Enter' && !event.shiftKey && !props.titled) {
      event.preventDefault()
      send()
    } else if (event.key === 'Escape' && giveUp) {
      event.preventDefault()
      event.stopPropagation()
      giveUp()
    } else if (event.key === 'ArrowUp' && text === '' && props.onEditLast) {
      event.preventDefault()
      props.onEditLast()
    }
  }

  const hint = props.hint ?? t('channels.write')
  return (
    <form
      class="composer"
      data-titled={props.titled || undefined}
      onSubmit={event => {
        event.preventDefault()
        send()
      }}
    >
      {replyTo && (
        <Answering to={replyTo} onDrop={onDropReply}>
          {lineOf(replyTo)}
        </Answering>
      )}
      {props.titled && (
        <input
          class="field-input composer-title"
          type="text"
          dir="auto"
          maxLength={mostTitle}
          value={title}
          aria-label={t('channels.announcementTitle')}
          placeholder={t('channels.announcementTitle')}
          onInput={event => setTitle(event.currentTarget.value)}
        />
      )}
      <AttachTray attach={attach} onWordsAlone={text.trim() !== '' && over <= 0 ? sendWords : undefined} />
      {listed && <NameList id={listId} people={naming.people} at={naming.at} onPick={pick} />}
      {!props.titled && <AttachButton attach={attach} />}
      <textarea
        ref={area}
        class="field-input composer-text"
        rows={1}
        dir="auto"
        value={text}
        aria-label={before === undefined ? hint : t('channels.editing')}
        aria-invalid={over > 0 || undefined}
        {...(props.findPeople ? { 'aria-autocomplete': 'list' as const } : {})}
        {...(listed ? { 'aria-controls': listId, 'aria-activedescendant': optionId(listId, naming.at) } : {})}
        placeholder={hint}
        enterkeyhint={props.titled ? 'enter' : 'send'}
        onInput={event => {
          setText(event.currentTarget.value)
          setCaret(event.currentTarget.selectionStart)
          props.onTyping?.()
        }}
        onPaste={event => before === undefined && takePasted(event, attach)}
        onSelect={event => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
      />
      {onCancel ? (
        <div class="cluster composer-edit">
          <Button size="small" kind="quiet" onClick={onCancel}>
            {t('ui.cancel')}
          </Button>
          <Button size="small" kind="primary" type="submit" disabled={!ready}>
            {t('channels.save')}
          </Button>
        </div>
      ) : props.titled ? (
        <div class="cluster composer-edit">
          <AttachButton attach={attach} />
          <Button kind="primary" type="submit" disabled={!ready}>
            {t('channels.announce')}
          </Button>
        </div>
      ) : (
        <IconButton icon={SendHorizontal} label={t('channels.send')} disabled={!ready} onClick={() => send()} />
      )}
      {over > 0 && <p class="composer-over">{t('channels.tooLong', { count: over })}</p>}
    </form>
  )
}

type AnsweringProps = {
  readonly to: Message
  readonly onDrop?: (() => void) | undefined
  readonly children: ComponentChildren
}

function Answering({ to, onDrop, children }: AnsweringProps) {
  return (
    <div class="composer-reply">
      <Icon as={Reply} />
      <p>
        <strong>{t('channels.answering', { name: to.authorName })}</strong> <bdi>{children}</bdi>
      </p>
      {onDrop && <IconButton icon={X} label={t('channels.dropAnswer')} onClick={onDrop} />}
    </div>
  )
}
