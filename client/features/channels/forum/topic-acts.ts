// What staff can do with a topic, as entries of a menu: the same in the forum, in a class's pane and on the remote.
import {
  Archive,
  CheckCheck,
  Eye,
  EyeOff,
  GitMerge,
  Lock,
  LockOpen,
  MonitorUp,
  Pin,
  PinOff,
  RotateCcw,
} from 'lucide-preact'
import { t } from '#client/platform/texts.ts'
import type { MenuItem } from '#client/ui/Menu.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import type { Topic } from '#protocol/channels/topics.ts'
import { act } from './store.ts'

/** Hides a topic; the way back stands in the word about it. */
export async function hideTopic({ id: topicId }: Topic): Promise<void> {
  if (!(await act(topicCalls.hide, { topicId, on: true }))) return
  showToast({ text: t('forum.hiddenDone'), onUndo: () => void act(topicCalls.hide, { topicId, on: false }) })
}

/** The entries for one topic. `onMerge` opens the choice of where a duplicate goes. */
export function staffActs(topic: Topic, onMerge: () => void): MenuItem[] {
  const { id: topicId, asked } = topic
  const settle = (outcome: 'open' | 'aloud' | 'set-aside') => () => void act(topicCalls.settle, { topicId, outcome })
  if (topic.standing === 'hidden')
    return [{ label: t('forum.show'), icon: Eye, onSelect: () => void act(topicCalls.hide, { topicId, on: false }) }]
  if (topic.standing === 'merged') return []
  const pin = () => void act(topicCalls.pin, { topicId, on: !topic.pinned })
  const pinned: MenuItem = asked
    ? { label: topic.pinned ? t('forum.offStage') : t('forum.toStage'), icon: MonitorUp, onSelect: pin }
    : { label: topic.pinned ? t('forum.unpin') : t('forum.pin'), icon: topic.pinned ? PinOff : Pin, onSelect: pin }
  const outcomes: MenuItem[] =
    topic.outcome === 'open'
      ? [
          ...(asked ? [{ label: t('forum.markAloud'), icon: CheckCheck, onSelect: settle('aloud') }] : []),
          { label: t('forum.markAside'), icon: Archive, onSelect: settle('set-aside') },
        ]
      : topic.outcome === 'accepted'
        ? []
        : [{ label: t('forum.reopen'), icon: RotateCcw, onSelect: settle('open') }]
  return [
    pinned,
    ...outcomes,
    {
      label: topic.locked ? t('forum.unlock') : t('forum.lock'),
      icon: topic.locked ? LockOpen : Lock,
      onSelect: () => void act(topicCalls.lock, { topicId, on: !topic.locked }),
    },
    { label: t('forum.merge'), icon: GitMerge, onSelect: onMerge },
    'line',
    { label: t('forum.hide'), icon: EyeOff, kind: 'danger', onSelect: () => void hideTopic(topic) },
  ]
}
