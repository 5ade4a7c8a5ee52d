// The servers that hold meetings, for administrators: added, tried, changed and removed in place.
import { Pencil, Plug, Plus, Server, Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { MeetingServer } from '#protocol/meetings/servers.ts'
import { kindWords, ServerDialog } from './ServerDialog.tsx'
import { checkServer, listServers, removeServer, restoreServer } from './store.ts'

const refused = (error: unknown) => showToast({ text: problemWords(error), tone: 'bad' })

async function check({ id, kind, name }: MeetingServer): Promise<void> {
  try {
    await checkServer(id)
    showToast({ text: t(kind === 'jitsi' ? 'meetings.checkedJitsi' : 'meetings.checked', { name }) })
  } catch (error) {
    refused(error)
  }
}

/** Removes one, with a notice that brings it back with its secret. */
async function remove({ id, name }: MeetingServer, told: () => void): Promise<void> {
  try {
    await removeServer(id)
  } catch (error) {
    refused(error)
    return
  }
  told()
  showToast({ text: t('meetings.serverRemoved', { name }), onUndo: () => void restoreServer(id).then(told, refused) })
}

/** /meeting-servers */
export function ServersPage(_: PageProps<'meetingServers'>) {
  usePageTitle(t('meetings.servers'))
  const { value, problem, reload } = useLoad('meeting-servers', listServers)
  const [open, setOpen] = useState<{ readonly server?: MeetingServer }>()
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('meetings.servers')}
        parent={{ label: t('today.title'), href: pathTo('today') }}
        lead={t('meetings.serversLead')}
        actions={
          value && (
            <Button kind="primary" icon={Plus} onClick={() => setOpen({})}>
              {t('meetings.addServer')}
            </Button>
          )
        }
      />
      {problem && !value ? (
        <ErrorState
          title={t('meetings.serversFailed')}
          detail={problemWords(problem)}
          requestId={problem.requestId}
          onRetry={reload}
        />
      ) : !value ? (
        <Skeleton form="rows" />
      ) : value.items.length === 0 ? (
        <EmptyState icon={Server} title={t('meetings.noServers')}>
          {t('meetings.noServersLead')}
        </EmptyState>
      ) : (
        <div class="card" data-flush>
          <List label={t('meetings.servers')}>
            {value.items.map(server => (
              <Row
                key={server.id}
                start={<Icon as={Server} size={20} />}
                title={server.name}
                detail={`${t(kindWords[server.kind])} · ${new URL(server.address).host} · ${t('meetings.serverMeetings')}: ${server.meetings}`}
                end={
                  <Menu
                    label={t('meetings.serverMenu', { name: server.name })}
                    items={[
                      { label: t('meetings.checkServer'), icon: Plug, onSelect: () => void check(server) },
                      { label: t('meetings.changeServer'), icon: Pencil, onSelect: () => setOpen({ server }) },
                      'line',
                      {
                        label: t('meetings.removeServer'),
                        icon: Trash2,
                        kind: 'danger',
                        onSelect: () => void remove(server, reload),
                      },
                    ]}
                  />
                }
              />
            ))}
          </List>
        </div>
      )}
      {open && <ServerDialog server={open.server} onClose={() => setOpen(undefined)} onDone={reload} />}
    </div>
  )
}
