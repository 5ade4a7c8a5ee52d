// Begins a talk: one person, or several with a name for the group. Only people one may write to are offered.
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { InputBefore } from '#protocol/base/call.ts'
import { inboxRoutes, mostInGroup } from '#protocol/channels/inbox.ts'
import type { ChannelPerson } from '#protocol/channels.ts'
import { PickPeople } from './PickPeople.tsx'

type Start = InputBefore<typeof inboxRoutes.start>

export type NewTalkDialogProps = {
  /** Chosen from the start: a group with somebody one talks to already. */
  readonly beginWith?: readonly ChannelPerson[] | undefined
  readonly onClose: () => void
  readonly onStarted: (channelId: string) => void
}

/** Mounted while it is open. */
export function NewTalkDialog({ beginWith = [], onClose, onStarted }: NewTalkDialogProps) {
  const [title, setTitle] = useState('')
  const [picked, setPicked] = useState(beginWith)
  const [busy, setBusy] = useState(false)
  const group = picked.length > 1
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
        <PickPeople picked={picked} onPicked={setPicked} most={mostInGroup - 1} />
        {group && (
          // Below what was tapped, so that nothing moves under the finger.
          <Field name="title" label={t('channels.groupName')} value={title} maxLength={80} onValue={setTitle} />
        )}
      </div>
    </Dialog>
  )
}
