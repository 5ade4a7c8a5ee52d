// The questions of an activity in its editor: shown, changed, moved, added. Saves as you go.
import { ArrowDown, ArrowUp, Check, Pencil, Trash2 } from 'lucide-preact'
import { useRef, useState } from 'preact/hooks'
import { draftOf, newDraft, type QuestionDraft, readDraft } from '#client/features/questions/draft.ts'
import { QuestionEditor } from '#client/features/questions/QuestionEditor.tsx'
import { typeParts } from '#client/features/questions/types/registry.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { announce } from '#client/ui/LiveRegion.tsx'
import { activityKinds } from '#protocol/activities/registry.ts'
import type { ActivityItem } from '#protocol/activities.ts'
import type { KindParts } from './kinds/kind.ts'
import type { ActivityStore } from './store.ts'
import './ActivityPage.css'

type ItemProps = {
  readonly item: ActivityItem
  readonly index: number
  readonly total: number
  readonly parts: KindParts
  readonly store: ActivityStore
  readonly editing: boolean
  readonly onEditing: (on: boolean) => void
}

/** One question of the activity, with its editor when it is open. */
export function Item({ item, index, total, parts, store, editing, onEditing }: ItemProps) {
  const number = index + 1
  const { Written } = typeParts[item.question.question.type]
  const row = useRef<HTMLLIElement>(null)
  const move = (to: number) => {
    if (to < 0 || to >= total) return
    store.move(item.id, to)
    announce(t('activities.moved', { number: to + 1, total }))
    // The button moved with its row; the focus stays on it.
    requestAnimationFrame(() => row.current?.querySelector<HTMLElement>('[data-move]:not(:disabled)')?.focus())
  }
  return (
    <li
      class="item"
      ref={row}
      data-editing={editing || undefined}
      onKeyDown={event => {
        if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
        event.preventDefault()
        move(event.key === 'ArrowUp' ? index - 1 : index + 1)
      }}
    >
      <div class="item-head">
        <span class="item-number figures">{number}</span>
        {editing ? (
          <span class="item-prompt muted">{t('activities.questionNumber', { number })}</span>
        ) : (
          <span class="item-prompt prompt">{item.question.question.body.prompt}</span>
        )}
        <div class="item-acts">
          {editing ? (
            <Button size="small" kind="primary" icon={Check} onClick={() => onEditing(false)}>
              {t('activities.done')}
            </Button>
          ) : (
            <>
              <IconButton
                icon={ArrowUp}
                label={t('activities.moveUp', { number })}
                disabled={index === 0}
                data-move="up"
                onClick={() => move(index - 1)}
              />
              <IconButton
                icon={ArrowDown}
                label={t('activities.moveDown', { number })}
                disabled={number === total}
                data-move="down"
                onClick={() => move(index + 1)}
              />
              <IconButton
                icon={Pencil}
                label={t('activities.editQuestion', { number })}
                onClick={() => onEditing(true)}
              />
              <IconButton
                icon={Trash2}
                label={t('activities.remove', { number })}
                onClick={() => store.remove(item.id)}
              />
            </>
          )}
        </div>
      </div>
      {editing ? (
        <ItemForm item={item} parts={parts} store={store} />
      ) : (
        <Written question={item.question.question} keyed={parts.keyed} />
      )}
    </li>
  )
}

function ItemForm({
  item,
  parts,
  store,
}: {
  readonly item: ActivityItem
  readonly parts: KindParts
  readonly store: ActivityStore
}) {
  const [draft, setDraft] = useState<QuestionDraft>(() => draftOf(item.question.question))
  const [points, setPoints] = useState(String(Number(item.points)))
  const { keyed } = parts
  const read = readDraft(draft, keyed ? 'keyed' : 'without key')
  const change = (next: QuestionDraft) => {
    setDraft(next)
    const whole = readDraft(next, keyed ? 'keyed' : 'without key')
    if (whole.ok) store.changeItem(item.id, { question: whole.question, points: written(points) ?? item.points })
  }
  return (
    <div class="stack">
      <QuestionEditor
        draft={draft}
        types={activityKinds[parts.kind].takes}
        keyed={parts.keyed}
        gaps={read.ok ? undefined : read.gaps}
        onDraft={change}
        onLeave={() => store.flush()}
      />
      {keyed && (
        <div class="item-points">
          <Field
            name="points"
            label={t('questions.points')}
            inputMode="decimal"
            value={points}
            error={written(points) === undefined ? t('grades.pointsWrong') : undefined}
            onValue={value => {
              setPoints(value)
              const good = written(value)
              if (good !== undefined && read.ok) store.changeItem(item.id, { question: read.question, points: good })
            }}
            onLeave={() => store.flush()}
          />
        </div>
      )}
    </div>
  )
}

/** Points as the wire wants them; undefined when it is no number. */
function written(points: string): string | undefined {
  const value = points.trim().replace(',', '.')
  return /^\d{1,9}(\.\d{1,4})?$/.test(value) ? value : undefined
}

/** A question being added. */
export function NewItem({
  number,
  parts,
  store,
  onDone,
}: {
  readonly number: number
  readonly parts: KindParts
  readonly store: ActivityStore
  readonly onDone: () => void
}) {
  const { keyed } = parts
  const [draft, setDraft] = useState<QuestionDraft>(() => newDraft(activityKinds[parts.kind].takes[0]))
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const read = readDraft(draft, keyed ? 'keyed' : 'without key')
  const add = async () => {
    setTried(true)
    if (!read.ok || busy) return
    setBusy(true)
    const item = await store.add(read.question)
    setBusy(false)
    if (item) onDone()
  }
  return (
    <li class="item" data-editing>
      <div class="item-head">
        <span class="item-number figures">{number}</span>
        <span class="item-prompt muted">{t('activities.questionNumber', { number })}</span>
      </div>
      <QuestionEditor
        draft={draft}
        types={activityKinds[parts.kind].takes}
        keyed={parts.keyed}
        gaps={tried && !read.ok ? read.gaps : undefined}
        onDraft={setDraft}
        onLeave={() => undefined}
      />
      <div class="cluster item-foot">
        <Button kind="primary" busy={busy} onClick={() => void add()}>
          {t('activities.addQuestion')}
        </Button>
        <Button kind="quiet" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </div>
    </li>
  )
}
