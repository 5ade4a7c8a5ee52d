// Begins a talk: one person, or several with a name for the group. Only people one may write to are offered.
import { Check } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { InputBefore } from '#protocol/base/call.ts'
import { inboxRoutes, mostInGroup } from '#protocol/channels/inbox.ts'
import type { ChannelPerson } from '#protocol/channels.ts'
import './Talk.css'

type Start = InputBefore<typeof inboxRoutes.start>

export type NewTalkDialogProps = {
  readonly onClose: () => void
  readonly onStarted: (channelId: string) => void
}

/** How long typing rests before people are looked for, in milliseconds. */
const restMs = 200

/** Mounted while it is open. */
export function NewTalkDialog({ onClose, onStarted }: NewTalkDialogProps) {
  const [typed, setTyped] = useState('')
  const [q, setQ] = useState('')
  const [title, setTitle] = useState('')
  const [picked, setPicked] = useState<readonly ChannelPerson[]>([])
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setQ(typed.trim()), restMs)
    return () => clearTimeout(timer)
  }, [typed])
  const found = useLoad(`contacts ${q}`, () => request(inboxRoutes.contacts, { q, limit: 20 }))
  const group = picked.length > 1
  const full = picked.length >= mostInGroup - 1
  const start = () => {
    setBusy(true)
    const input = { accountIds: picked.map(one => one.id), ...(group ? { title } : {}) } as Start
    request(inboxRoutes.start, input).then(
      ({ channelId }) => {
        onClose()
        onStarted(channelId)
      },
      (error: unknown) => {
        setBusy(false)
        showToast({ text: problemWords(error), tone: 'bad' })
      },
    )
  }
  const toggle = (one: ChannelPerson) =>
    setPicked(now =>
      now.some(other => other.id === one.id) ? now.filter(other => other.id !== one.id) : [...now, one],
    )
  const shown = [...picked, ...(found.value?.items.filter(one => !picked.some(other => other.id === one.id)) ?? [])]
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('channels.newTalk')}
      actions={
        <Button
          kind="primary"
          busy={busy}
          disabled={picked.length === 0 || (group && title.trim() === '')}
          onClick={start}
        >
          {group ? t('channels.startGroup') : t('channels.startTalk')}
        </Button>
      }
    >
      <div class="stack">
        <Field type="search" name="q" label={t('channels.findPeople')} value={typed} onValue={setTyped} />
        {group && <Field name="title" label={t('channels.groupName')} value={title} onValue={setTitle} />}
        {found.problem && !found.value ? (
          <ErrorState title={t('channels.peopleFailed')} detail={problemWords(found.problem)} onRetry={found.reload} />
        ) : !found.value ? (
          <Skeleton form="rows" />
        ) : shown.length === 0 ? (
          <EmptyState title={q === '' ? t('channels.nobodyYet') : t('channels.nobodyFound')}>
            {q === '' ? t('channels.nobodyYetDetail') : t('channels.nobodyFoundDetail')}
          </EmptyState>
        ) : (
          <ul class="contacts" aria-label={t('channels.people')}>
            {shown.map(one => {
              const on = picked.some(other => other.id === one.id)
              return (
                <li key={one.id}>
                  <button
                    type="button"
                    class="contact"
                    aria-pressed={on}
                    disabled={!on && full}
                    onClick={() => toggle({ id: one.id, name: one.name })}
                  >
                    <Avatar name={one.name} seed={one.id} size={24} />
                    <bdi>{one.name}</bdi>
                    {on && <Icon as={Check} />}
                  </button>
                </li>
              )
            })}
          </ul>
        )}
      </div>
    </Dialog>
  )
}
