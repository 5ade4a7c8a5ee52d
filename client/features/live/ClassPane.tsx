// What stands beside a class: its chat and its note, as tabs of one pane. On a phone it is a sheet over the question.
import { ChatPane } from '#client/features/channels/ChatPane.tsx'
import type { ChannelStore } from '#client/features/channels/store.ts'
import { NotePane } from '#client/features/notes/NoteView.tsx'
import { t } from '#client/platform/texts.ts'
import { Pane } from '#client/ui/Pane.tsx'
import { Tabs } from '#client/ui/Tabs.tsx'
import './ClassPane.css'

export type ClassTab = 'chat' | 'notes'

export type ClassPaneProps = {
  readonly noteId: string
  /** Undefined: closed. */
  readonly tab: ClassTab | undefined
  readonly onTab: (tab: ClassTab | undefined) => void
  readonly chat: ChannelStore
  readonly meId: string
  readonly mayModerate: boolean
}

export function ClassPane({ noteId, tab, onTab, chat, meId, mayModerate }: ClassPaneProps) {
  return (
    <Pane open={tab !== undefined} onClose={() => onTab(undefined)} title={t('live.beside')}>
      {tab && (
        <div class="class-pane">
          <Tabs
            label={t('live.beside')}
            tabs={[
              { id: 'chat', label: t('channels.chat') },
              { id: 'notes', label: t('notes.title') },
            ]}
            selected={tab}
            onSelect={onTab}
          >
            {tab === 'chat' ? (
              <ChatPane store={chat} meId={meId} mayModerate={mayModerate} />
            ) : (
              <NotePane noteId={noteId} />
            )}
          </Tabs>
        </div>
      )}
    </Pane>
  )
}
