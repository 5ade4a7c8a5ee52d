// What a number of a class is made of, beside the overview: who, or what was said.
import { person } from '#client/app/frame.ts'
import { ChatPane } from '#client/features/channels/ChatPane.tsx'
import { useChannel } from '#client/features/channels/store.ts'
import { Roster } from '#client/features/live/Roster.tsx'
import { t } from '#client/platform/texts.ts'
import { Pane } from '#client/ui/Pane.tsx'
import type { RosterFilter } from '#protocol/live.ts'
import type { Room } from '#protocol/overview.ts'

export type Opened =
  | { readonly is: 'people'; readonly room: Room; readonly filter: RosterFilter }
  | { readonly is: 'chat'; readonly room: Room }

export interface RoomPaneProps {
  readonly opened: Opened | undefined
  /** Moves when the numbers do. */
  readonly turn: string
  readonly onClose: () => void
}

export function RoomPane({ opened, turn, onClose }: RoomPaneProps) {
  if (!opened) return null
  const { title, runId } = opened.room
  return opened.is === 'people' ? (
    <Pane open onClose={onClose} title={t('overview.peopleIn', { title })}>
      <div class="overview-pane">
        <Roster key={`${runId} ${opened.filter}`} runId={runId} first={opened.filter} turn={turn} />
      </div>
    </Pane>
  ) : (
    <Pane open onClose={onClose} title={t('overview.chatIn', { title })}>
      <Chat key={opened.room.channelId} channelId={opened.room.channelId} />
    </Pane>
  )
}

function Chat({ channelId }: { readonly channelId: string }) {
  const meId = person.value?.id ?? ''
  return <ChatPane store={useChannel(channelId, meId)} meId={meId} mayModerate />
}
