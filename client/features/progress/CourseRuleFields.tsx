// The fields of the rule of a course: each part ticked or not, with what belongs to it below.
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Field } from '#client/ui/Field.tsx'
import type { FormError } from '#client/ui/Form.tsx'
import type { CourseItem } from '#protocol/courses.ts'
import type { PartKind, RuleDraft } from './course-rule.ts'

export interface CourseRuleFieldsProps {
  readonly draft: RuleDraft
  readonly onDraft: (draft: RuleDraft) => void
  /** What can be done in the course, in its order. */
  readonly items: readonly CourseItem[]
  readonly errors: readonly FormError[]
}

export function CourseRuleFields({ draft, onDraft, items, errors }: CourseRuleFieldsProps) {
  const put = (part: Partial<RuleDraft>) => onDraft({ ...draft, ...part })
  const errorOf = (name: string) => errors.find(one => one.name === name)?.message
  const tick = (
    kind: PartKind,
    label: string,
    { hint, children }: { hint?: string; children?: ComponentChildren } = {},
  ) => (
    <div class="stack">
      <Checkbox
        name={kind}
        label={label}
        hint={hint}
        checked={draft.ticked.has(kind)}
        onChecked={checked =>
          put({ ticked: new Set(checked ? [...draft.ticked, kind] : [...draft.ticked].filter(one => one !== kind)) })
        }
      />
      {draft.ticked.has(kind) && children && <div class="course-rule-part stack">{children}</div>}
    </div>
  )
  return (
    <>
      <Field
        type="select"
        name="need"
        label={t('progress.ruleNeed')}
        value={draft.need}
        options={[
          { value: 'all', label: t('progress.ruleNeedAll') },
          { value: 'any', label: t('progress.ruleNeedAny') },
        ]}
        onValue={need => put({ need: need === 'any' ? 'any' : 'all' })}
      />
      {tick('items', t('progress.ruleItems'), {
        children: <ItemFields draft={draft} put={put} items={items} error={errorOf('items')} />,
      })}
      {tick('grade', t('progress.ruleGrade'), {
        hint: t('progress.ruleGradeHint'),
        children: (
          <Field
            name="percent"
            inputMode="numeric"
            label={t('progress.rulePercent')}
            value={draft.percent}
            onValue={percent => put({ percent })}
            error={errorOf('percent')}
          />
        ),
      })}
      {tick('date', t('progress.ruleDate'), {
        children: (
          <Field
            type="date"
            name="day"
            label={t('progress.ruleDay')}
            value={draft.day}
            onValue={day => put({ day })}
            error={errorOf('day')}
          />
        ),
      })}
      {tick('days', t('progress.ruleDays'), {
        children: (
          <Field
            name="days"
            inputMode="numeric"
            label={t('progress.ruleDaysCount')}
            value={draft.days}
            onValue={days => put({ days })}
            error={errorOf('days')}
          />
        ),
      })}
      {tick('self', t('progress.ruleSelf'))}
      {tick('teacher', t('progress.ruleTeacher'), { hint: t('progress.ruleTeacherHint') })}
    </>
  )
}

/** Past so many the list is searched. */
const searchedFrom = 12

interface ItemFieldsProps {
  readonly draft: RuleDraft
  readonly put: (part: Partial<RuleDraft>) => void
  readonly items: readonly CourseItem[]
  readonly error: string | undefined
}

function ItemFields({ draft, put, items, error }: ItemFieldsProps) {
  const [search, setSearch] = useState('')
  const chosen = new Set(draft.itemIds)
  const wanted = search.trim().toLocaleLowerCase()
  const shown = items.filter(one => wanted === '' || one.title.toLocaleLowerCase().includes(wanted))
  if (items.length === 0) return <p class="muted">{t('progress.ruleItemsEmpty')}</p>
  return (
    <>
      <Field
        type="select"
        name="items"
        label={t('progress.ruleItemsNeed')}
        value={draft.itemsNeed}
        options={[
          { value: 'all', label: t('progress.ruleItemsAll') },
          { value: 'any', label: t('progress.ruleItemsAny') },
        ]}
        onValue={need => put({ itemsNeed: need === 'any' ? 'any' : 'all' })}
        error={error}
      />
      {items.length > searchedFrom && (
        <Field type="search" name="find" label={t('progress.ruleItemsFind')} value={search} onValue={setSearch} />
      )}
      <fieldset class="course-rule-items" aria-label={t('progress.ruleItemsNeed')}>
        {shown.map(one => (
          <Checkbox
            key={one.id}
            label={one.title}
            checked={chosen.has(one.id)}
            onChecked={checked =>
              put({ itemIds: checked ? [...draft.itemIds, one.id] : draft.itemIds.filter(id => id !== one.id) })
            }
          />
        ))}
        {shown.length === 0 && <p class="muted">{t('progress.ruleItemsNone')}</p>}
      </fieldset>
      <p class="muted">{t('progress.ruleItemsChosen', { count: draft.itemIds.length })}</p>
    </>
  )
}
