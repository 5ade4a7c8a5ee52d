// One channel by its id: direct talk, a group, the chat of a class. Who is in it, and what can be done about it.
import { LogOut, Pencil, ShieldBan } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { person } from '#client/app/frame.ts'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import type { MenuItem } from '#client/ui/Menu.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { AccountId } from '#protocol/base/ids.ts'
import { type ChannelEntry, inboxRoutes } from '#protocol/channels/inbox.ts'
import { Talk } from './CourseTalk.tsx'
import { useEntry } from './entries.ts'
import { TalkFrame } from './TalkFrame.tsx'
import { othersIn, titleOf } from './titles.ts'

const tell = (error: unknown) => showToast({ text: problemWords(error), tone: 'bad' })

/** /inbox/:channelId */
export function TalkPage({ params: { channelId } }: PageProps<'talk'>) {
  const { value, problem, reload } = useEntry(channelId)
  const me = person.value?.id ?? ''
  const title = value ? titleOf(value, me) : t('channels.talk')
  usePageTitle(title)
  const parent = { label: t('app.inbox'), href: pathTo('inbox') }
  if (problem && !value)
    return (
      <TalkFrame title={title} parent={parent} entry={undefined} onChanged={reload}>
        <ErrorState
          title={t('channels.loadFailed')}
          detail={problemWords(problem)}
          requestId={problem.requestId}
          onRetry={reload}
        />
      </TalkFrame>
    )
  if (!value)
    return (
      <TalkFrame title={title} parent={parent} entry={undefined} onChanged={reload}>
        <Skeleton form="rows" />
      </TalkFrame>
    )
  return <Known key={channelId} entry={value} title={title} parent={parent} reload={reload} />
}

interface KnownProps {
  readonly entry: ChannelEntry
  readonly title: string
  readonly parent: { readonly label: string; readonly href: string }
  readonly reload: () => void
}

function Known({ entry, title, parent, reload }: KnownProps) {
  const { route: go } = useLocation()
  const [renaming, setRenaming] = useState(false)
  const { channel } = entry
  const me = person.value?.id ?? ''
  const others = othersIn(channel, me)
  const group = channel.form === 'direct' && !channel.pair
  const [other] = channel.pair ? others : []
  const blocks = useLoad(other ? `blocks ${other.id}` : null, () => request(inboxRoutes.blocks, { limit: 200 }))
  const blocked = other !== undefined && (blocks.value?.items.some(one => one.id === other.id) ?? false)
  const shut = (accountId: AccountId, on: boolean) => {
    const done = on ? request(inboxRoutes.block, { accountId }) : request(inboxRoutes.unblock, { accountId })
    done.then(() => {
      blocks.reload()
      reload()
      if (on) showToast({ text: t('channels.blocked', { name: title }), onUndo: () => shut(accountId, false) })
    }, tell)
  }
  const more: MenuItem[] = []
  if (group) {
    more.push({ label: t('channels.rename'), icon: Pencil, onSelect: () => setRenaming(true) })
    more.push({
      label: t('channels.leave'),
      icon: LogOut,
      onSelect: () => {
        request(inboxRoutes.leave, { channelId: channel.id }).then(() => {
          showToast({ text: t('channels.left', { title }) })
          go(pathTo('inbox'))
        }, tell)
      },
    })
  } else if (other) {
    const id = other.id as AccountId
    more.push({
      label: blocked ? t('channels.unblock') : t('channels.block'),
      icon: ShieldBan,
      onSelect: () => shut(id, !blocked),
    })
  }
  return (
    <TalkFrame
      title={title}
      parent={parent}
      entry={entry}
      lead={group && <p class="talk-people">{others.map(one => one.name).join(', ')}</p>}
      onChanged={reload}
      more={more}
    >
      <Talk entry={entry} />
      {renaming && <RenameDialog entry={entry} onClose={() => setRenaming(false)} onChanged={reload} />}
    </TalkFrame>
  )
}

interface RenameProps {
  readonly entry: ChannelEntry
  readonly onClose: () => void
  readonly onChanged: () => void
}

function RenameDialog({ entry, onClose, onChanged }: RenameProps) {
  const [title, setTitle] = useState(entry.channel.title)
  const save = () => {
    request(inboxRoutes.change, { channelId: entry.channel.id, title }).then(() => {
      onChanged()
      onClose()
    }, tell)
  }
  return (
    <Dialog open onClose={onClose} title={t('channels.rename')}>
      <Form onSubmit={save}>
        <Field name="title" label={t('channels.groupName')} value={title} onValue={setTitle} />
        <FormActions>
          <Button kind="primary" type="submit" disabled={title.trim() === ''}>
            {t('channels.save')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
