// The editor of an activity: title, settings, questions in order. Saves as you go; nothing has a save button.
import { ArrowDown, ArrowUp, Check, ListPlus, Pencil, Plus, Send, Trash2 } from 'lucide-preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { draftOf, newDraft, type QuestionDraft, readDraft } from '#client/features/questions/draft.ts'
import { optionsOf } from '#client/features/questions/options.ts'
import { QuestionEditor } from '#client/features/questions/QuestionEditor.tsx'
import { dayAndTime } from '#client/platform/dates.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { shareLink } from '#client/platform/share-origin.ts'
import { t } from '#client/platform/texts.ts'
import { AnswerMark } from '#client/ui/AnswerMark.tsx'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { announce } from '#client/ui/LiveRegion.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { SavedAt } from '#client/ui/SavedAt.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import type { ActivityItem, Delivery } from '#protocol/activities.ts'
import { AssignDialog } from './AssignDialog.tsx'
import { courseName, dueTime } from './course-facts.ts'
import { kindParts } from './kinds/registry.ts'
import { type ActivityStore, openActivity } from './store.ts'
import './ActivityPage.css'

/** /courses/:courseId/activities/:activityId */
export function ActivityPage({ params }: PageProps<'activity'>) {
  const store = useMemo(() => openActivity(params.activityId), [params.activityId])
  useEffect(() => {
    void store.load()
    const flush = () => store.flush()
    addEventListener('pagehide', flush)
    return () => {
      removeEventListener('pagehide', flush)
      flush()
    }
  }, [store])
  const activity = store.activity.value
  usePageTitle(activity?.title ?? t('app.activityTitle'))
  const problem = store.problem.value
  if (!activity) {
    return problem ? (
      <ErrorState title={problemWords(problem)} requestId={problem.requestId} onRetry={() => void store.load()} />
    ) : (
      <Skeleton form="page" />
    )
  }
  return <ActivityEditor store={store} courseId={params.courseId} />
}

/** The editor once the activity is there. */
export function ActivityEditor({ store, courseId }: { readonly store: ActivityStore; readonly courseId: string }) {
  const [assigning, setAssigning] = useState(false)
  const [editing, setEditing] = useState<string | undefined>(undefined)
  const activity = store.activity.value
  if (!activity) return null
  const parts = kindParts[activity.kind]
  const items = store.items.value
  const { SettingsPart } = parts
  return (
    <div class="stack-loose activity">
      <PageHeader
        title={activity.title || parts.label}
        parent={{ label: courseName(courseId), href: pathTo('course', { courseId }) }}
        badges={<Badge icon={parts.icon}>{parts.label}</Badge>}
        lead={<SavedAt save={store.save.value} />}
        actions={
          <Button kind="primary" icon={Send} disabled={items.length === 0} onClick={() => setAssigning(true)}>
            {t('activities.assign')}
          </Button>
        }
      />
      <Field
        name="title"
        label={t('activities.title')}
        value={activity.title}
        maxLength={200}
        error={activity.title.trim() === '' ? t('activities.writeTitle') : undefined}
        onValue={title => (title.trim() === '' ? undefined : store.change({ title }))}
        onLeave={() => store.flush()}
      />
      <Section title={t('activities.questions')}>
        {items.length === 0 && editing !== 'new' ? (
          <EmptyState
            icon={ListPlus}
            title={t('activities.noQuestions')}
            action={
              <Button kind="primary" icon={Plus} onClick={() => setEditing('new')}>
                {t('activities.addQuestion')}
              </Button>
            }
          >
            {t('activities.noQuestionsHint')}
          </EmptyState>
        ) : (
          <>
            <ol class="items">
              {items.map((item, index) => (
                <Item
                  key={item.id}
                  item={item}
                  index={index}
                  total={items.length}
                  keyed={parts.keyed}
                  store={store}
                  editing={editing === item.id}
                  onEditing={on => setEditing(on ? item.id : undefined)}
                />
              ))}
              {editing === 'new' && (
                <NewItem
                  key={`new ${items.length}`}
                  number={items.length + 1}
                  keyed={parts.keyed}
                  store={store}
                  onDone={() => setEditing(undefined)}
                />
              )}
            </ol>
            {editing !== 'new' && (
              <Button icon={Plus} onClick={() => setEditing('new')}>
                {t('activities.addQuestion')}
              </Button>
            )}
          </>
        )}
      </Section>
      <Section title={t('activities.settings')}>
        <div class="stack activity-settings">
          <SettingsPart settings={activity.settings} onSettings={settings => store.change({ settings })} />
        </div>
      </Section>
      <Given courseId={activity.courseId} deliveries={store.deliveries.value} />
      {assigning && (
        <AssignDialog
          activityId={activity.id}
          courseId={courseId}
          onClose={() => setAssigning(false)}
          onAssigned={() => void store.load()}
        />
      )}
    </div>
  )
}

type ItemProps = {
  readonly item: ActivityItem
  readonly index: number
  readonly total: number
  readonly keyed: boolean
  readonly store: ActivityStore
  readonly editing: boolean
  readonly onEditing: (on: boolean) => void
}

function Item({ item, index, total, keyed, store, editing, onEditing }: ItemProps) {
  const number = index + 1
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
        <ItemForm item={item} keyed={keyed} store={store} />
      ) : (
        <ul class="item-options">
          {optionsOf(item.question.question).map(option => {
            const right = keyed && item.question.question.key.optionIds.some(id => id === option.id)
            return (
              <li key={option.id} data-right={right || undefined}>
                <AnswerMark letter={option.letter} size={24} />
                <span class="item-option-words">{option.text}</span>
                {right && (
                  <span class="item-right">
                    <Icon as={Check} />
                    {t('activities.rightAnswer')}
                  </span>
                )}
              </li>
            )
          })}
        </ul>
      )}
    </li>
  )
}

function ItemForm({
  item,
  keyed,
  store,
}: {
  readonly item: ActivityItem
  readonly keyed: boolean
  readonly store: ActivityStore
}) {
  const [draft, setDraft] = useState<QuestionDraft>(() => draftOf(item.question.question))
  const [points, setPoints] = useState(String(Number(item.points)))
  const read = readDraft(draft, keyed)
  const change = (next: QuestionDraft) => {
    setDraft(next)
    const whole = readDraft(next, keyed)
    if (whole.ok) store.changeItem(item.id, { question: whole.question, points: written(points) ?? item.points })
  }
  return (
    <div class="stack">
      <QuestionEditor
        draft={draft}
        keyed={keyed}
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

function NewItem({
  number,
  keyed,
  store,
  onDone,
}: {
  readonly number: number
  readonly keyed: boolean
  readonly store: ActivityStore
  readonly onDone: () => void
}) {
  const [draft, setDraft] = useState<QuestionDraft>(newDraft)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const read = readDraft(draft, keyed)
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
        keyed={keyed}
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

type GivenProps = { readonly courseId: string; readonly deliveries: readonly Delivery[] }

function Given({ courseId, deliveries }: GivenProps) {
  return (
    <Section title={t('activities.given')}>
      {deliveries.length === 0 ? (
        <p class="muted">{t('activities.givenNone')}</p>
      ) : (
        <List>
          {deliveries.map(one => {
            const href = pathTo('homework', { deliveryId: one.id })
            const homework = one.mode === 'homework'
            return (
              <Row
                key={one.id}
                title={homework ? t('activities.givenHomework') : t('activities.givenLive')}
                detail={
                  homework && one.dueAt
                    ? t('activities.givenDue', { when: dueTime(courseId, one.dueAt) })
                    : one.closedAt && t('activities.closedAt', { when: dayAndTime(one.closedAt) })
                }
                end={homework && <CopyButton text={() => shareLink(href)} label={t('activities.copyLink')} />}
                {...(homework ? { href } : {})}
              />
            )
          })}
        </List>
      )}
    </Section>
  )
}
