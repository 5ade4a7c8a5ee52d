// One channel by its id: direct talk, a group, the chat of a class. Who is in it, and what can be done about it.
import { LogOut, Pencil, ShieldBan, UserPlus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { person } from '#client/app/frame.ts'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import type { MenuItem } from '#client/ui/Menu.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { AccountId } from '#protocol/base/ids.ts'
import { type ChannelEntry, inboxRoutes } from '#protocol/channels/inbox.ts'
import { Talk } from './CourseTalk.tsx'
import { useEntry } from './entries.ts'
import { AddPeopleDialog, RenameDialog } from './GroupDialogs.tsx'
import { NewTalkDialog } from './NewTalkDialog.tsx'
import { useChannel } from './store.ts'
import { TalkFrame } from './TalkFrame.tsx'
import { othersIn, titleOf } from './titles.ts'

const tell = (error: unknown) => showToast({ text: problemWords(error), tone: 'bad' })

/** /inbox/:channelId */
export function TalkPage({ params: { channelId } }: PageProps<'talk'>) {
  const { value, problem, reload } = useEntry(channelId)
  const me = person.value?.id ?? ''
  const title = value ? titleOf(value, me) : t('channels.talk')
  usePageTitle(value ? undefined : title)
  const parent = { label: t('app.inbox'), href: pathTo('inbox') }
  if (problem && !value)
    return (
      <TalkFrame title={title} parent={parent} entry={undefined} onChanged={reload}>
        <ErrorState
          {...(problem.code === 'not-found'
            ? {
                title: t('channels.notForYou'),
                detail: t('channels.notForYouDetail'),
                action: <ButtonLink href={pathTo('inbox')}>{t('app.inbox')}</ButtonLink>,
              }
            : {
                title: t('channels.loadFailed'),
                detail: problemWords(problem),
                requestId: problem.requestId,
                onRetry: reload,
              })}
        />
      </TalkFrame>
    )
  if (!value)
    return (
      <TalkFrame title={title} parent={parent} entry={undefined} onChanged={reload}>
        <Skeleton form="rows" />
      </TalkFrame>
    )
  return <Known key={channelId} read={value} parent={parent} reload={reload} />
}

interface KnownProps {
  readonly read: ChannelEntry
  readonly parent: { readonly label: string; readonly href: string }
  readonly reload: () => void
}

type Doing = 'nothing' | 'rename' | 'add' | 'group'

function Known({ read, parent, reload }: KnownProps) {
  const { route: go } = useLocation()
  const [doing, setDoing] = useState<Doing>('nothing')
  const close = () => setDoing('nothing')
  const me = person.value?.id ?? ''
  // Its name and who is in it as they are now: others change them too.
  const now = useChannel(read.channel.id, me).scope.state.value?.channel
  const entry = now ? { ...read, channel: now } : read
  const { channel } = entry
  const title = titleOf(entry, me)
  usePageTitle(title)
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
    more.push({ label: t('channels.addPeople'), icon: UserPlus, onSelect: () => setDoing('add') })
    more.push({ label: t('channels.rename'), icon: Pencil, onSelect: () => setDoing('rename') })
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
    if (entry.mayWrite)
      more.push({
        label: t('channels.groupWith', { name: other.name }),
        icon: UserPlus,
        onSelect: () => setDoing('group'),
      })
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
      lead={
        group && (
          <p class="talk-people">
            {others.length === 0 ? t('channels.onlyYou') : others.map(one => one.name).join(', ')}
          </p>
        )
      }
      onChanged={reload}
      more={more}
    >
      <Talk entry={entry} />
      {doing === 'rename' && <RenameDialog channel={channel} onClose={close} />}
      {doing === 'add' && <AddPeopleDialog channel={channel} onClose={close} />}
      {doing === 'group' && (
        <NewTalkDialog beginWith={others} onClose={close} onStarted={id => go(pathTo('talk', { channelId: id }))} />
      )}
    </TalkFrame>
  )
}
