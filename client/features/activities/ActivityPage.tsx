// The editor of an activity: title, settings, questions in order. Saves as you go; nothing has a save button.
import { ListPlus, Plus, Send } from 'lucide-preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { AssignDialog } from '#client/features/quizzes/AssignDialog.tsx'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { SavedAt } from '#client/ui/SavedAt.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Item, NewItem } from './ActivityItems.tsx'
import { courseName } from './course-facts.ts'
import { Given } from './Given.tsx'
import { kindIcons } from './kinds/icons.ts'
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
        badges={<Badge icon={kindIcons[parts.kind]}>{parts.label}</Badge>}
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
                  parts={parts}
                  store={store}
                  editing={editing === item.id}
                  onEditing={on => setEditing(on ? item.id : undefined)}
                />
              ))}
              {editing === 'new' && (
                <NewItem
                  key={`new ${items.length}`}
                  number={items.length + 1}
                  parts={parts}
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
      <Given
        courseId={activity.courseId}
        title={activity.title}
        deliveries={store.deliveries.value}
        onChanged={() => void store.load()}
      />
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
