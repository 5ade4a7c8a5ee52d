// Which topic a duplicate goes into: the others of its forum, found by words.
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { RadioGroup } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import type { Topic, TopicId } from '#protocol/channels/topics.ts'
import { act, useForum } from './store.ts'
import { topicTitle } from './TopicFacts.tsx'

export type MergeDialogProps = { readonly topic: Topic; readonly onClose: () => void }

/** Mounted while it is open. */
export function MergeDialog({ topic, onClose }: MergeDialogProps) {
  const [words, setWords] = useState('')
  const [into, setInto] = useState<TopicId>()
  const [busy, setBusy] = useState(false)
  const list = useForum(topic.channelId, { sort: 'votes', filter: 'all', words })
  const others = (list.topics ?? []).filter(one => one.topic.id !== topic.id).slice(0, 8)
  const merge = async () => {
    if (!into) return
    setBusy(true)
    const done = await act(topicCalls.merge, { topicId: topic.id, into }, t('forum.mergeDone'))
    setBusy(false)
    if (done) onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('forum.mergeTitle')}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" disabled={!into} busy={busy} onClick={() => void merge()}>
            {t('forum.merge')}
          </Button>
        </>
      }
    >
      <div class="stack">
        <p class="muted">{t('forum.mergeHint')}</p>
        <Field type="search" label={t('forum.search')} name="words" value={words} onValue={setWords} />
        {list.topics && others.length === 0 ? (
          <p class="muted">{words ? t('forum.emptyFiltered') : t('forum.mergeNone')}</p>
        ) : (
          <RadioGroup
            label={t('forum.topics')}
            name="into"
            value={into}
            onValue={setInto}
            options={others.map(one => ({
              value: one.topic.id,
              label: topicTitle(one.topic),
              hint: t('forum.votes', { count: one.topic.votes }),
            }))}
          />
        )}
      </div>
    </Dialog>
  )
}
