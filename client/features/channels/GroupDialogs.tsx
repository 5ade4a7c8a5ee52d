// What those in a group do with it: its name, and who else comes in.
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { AccountId } from '#protocol/base/ids.ts'
import { inboxRoutes, mostInGroup } from '#protocol/channels/inbox.ts'
import type { Channel, ChannelPerson } from '#protocol/channels.ts'
import { PickPeople } from './PickPeople.tsx'

const tell = (error: unknown) => showToast({ text: problemWords(error), tone: 'bad' })

type GroupProps = { readonly channel: Channel; readonly onClose: () => void }

/** Mounted while it is open. */
export function RenameDialog({ channel, onClose }: GroupProps) {
  const [title, setTitle] = useState(channel.title)
  // As it was when it was opened: who renamed it meanwhile is not written over.
  const [{ id: channelId, version }, setRead] = useState(channel)
  const save = () =>
    void request(inboxRoutes.change, { channelId, version, title }).then(onClose, (error: unknown) => {
      tell(error)
      if (error instanceof ClientProblem && error.code === 'conflict') setRead(error.params.current as Channel)
    })
  return (
    <Dialog open onClose={onClose} title={t('channels.rename')}>
      <Form onSubmit={save}>
        <Field name="title" label={t('channels.groupName')} value={title} maxLength={80} onValue={setTitle} />
        <FormActions>
          <Button kind="primary" type="submit" disabled={title.trim() === ''}>
            {t('channels.save')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}

/** Mounted while it is open. */
export function AddPeopleDialog({ channel, onClose }: GroupProps) {
  const [picked, setPicked] = useState<readonly ChannelPerson[]>([])
  const [busy, setBusy] = useState(false)
  const add = () => {
    setBusy(true)
    const accountIds = picked.map(one => one.id as AccountId)
    request(inboxRoutes.add, { channelId: channel.id, accountIds }).then(
      () => {
        showToast({ text: t('channels.added', { names: picked.map(one => one.name).join(', ') }) })
        onClose()
      },
      (error: unknown) => {
        setBusy(false)
        tell(error)
      },
    )
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('channels.addPeople')}
      actions={
        <Button kind="primary" busy={busy} disabled={picked.length === 0} onClick={add}>
          {t('channels.add')}
        </Button>
      }
    >
      <div class="stack">
        <p class="muted">{t('channels.addLead')}</p>
        <PickPeople
          picked={picked}
          onPicked={setPicked}
          most={mostInGroup - channel.people.length}
          within={channel.people.map(one => one.id)}
        />
      </div>
    </Dialog>
  )
}
