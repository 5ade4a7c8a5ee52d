// What one wrote that nobody else sees yet: it waits for approval, or was not approved.
import { Clock, X } from 'lucide-preact'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Time } from '#client/ui/Time.tsx'
import { type ChannelId, lineOf } from '#protocol/channels.ts'
import { useOwnWaiting } from './store.ts'

/** Nothing when there is nothing; read again when `turn` changes. */
export function OwnWaitingList({ channelId, turn }: { readonly channelId: ChannelId; readonly turn: unknown }) {
  const items = useOwnWaiting(channelId, turn).value?.items ?? []
  if (items.length === 0) return null
  return (
    <List label={t('forum.ownWaiting')}>
      {items.map(one => (
        <Row
          key={one.messageId}
          title={<bdi>{one.kind === 'topic' ? one.title : lineOf(one)}</bdi>}
          detail={<Time at={one.sentAt} />}
          end={
            one.stand === 'waiting' ? (
              <Badge tone="accent" icon={Clock}>
                {t('forum.ownWaiting')}
              </Badge>
            ) : (
              <Badge icon={X}>{t('forum.ownRefused')}</Badge>
            )
          }
        />
      ))}
    </List>
  )
}
