// What stands in a person's profile, as a condition that opens things: how it is chosen. How it reads is in words.ts,
// which learners load without the builder.
import { useEffect } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import type { InputBefore } from '#protocol/base/call.ts'
import { conditionRoutes } from '#protocol/conditions.ts'
import { type ConditionForm, optionsOf, registerConditionForm } from './kinds.tsx'

type ProfileForm = Parameters<typeof registerConditionForm<'profile'>>[0]

const Fields: ProfileForm['Fields'] = ({ draft, onDraft, choices, error }) => {
  const { courseId } = choices
  const { value, problem, reload } = useLoad(courseId, () =>
    request(conditionRoutes.profileFields, { courseId } as InputBefore<typeof conditionRoutes.profileFields>),
  )
  const named = (value?.items ?? []).map(one => ({ id: one.id, title: one.name }))
  useEffect(() => choices.tell(named), [value])
  if (problem && !value)
    return (
      <Banner
        tone="bad"
        action={
          <Button size="small" onClick={reload}>
            {t('ui.retry')}
          </Button>
        }
      >
        {problemWords(problem)}
      </Banner>
    )
  if (value?.items.length === 0) return <p class="muted">{t('conditions.noFields')}</p>
  const field = value?.items.find(one => one.id === draft.fieldId)
  // A box that is ticked says "yes" (accounts/rules.ts), and has nothing else to compare.
  const choose = (fieldId: string) => {
    const kind = value?.items.find(one => one.id === fieldId)?.kind
    onDraft({ ...draft, fieldId, is: 'equals', value: kind === 'checkbox' ? 'yes' : '' })
  }
  return (
    <>
      <Field
        type="select"
        name="field"
        label={t('conditions.field')}
        value={draft.fieldId}
        options={optionsOf(named, draft.fieldId)}
        onValue={choose}
        error={draft.fieldId === '' ? error : undefined}
        hint={field?.filledBy === 'person' ? t('conditions.fieldOwn') : undefined}
      />
      {(field?.kind === 'text' ||
        field?.kind === 'long-text' ||
        field?.kind === 'link' ||
        (!field && draft.fieldId !== '')) && (
        <Field
          type="select"
          name="comparison"
          label={t('conditions.comparison')}
          value={draft.is}
          options={[
            { value: 'equals', label: t('conditions.isEqual') },
            { value: 'contains', label: t('conditions.doesContain') },
          ]}
          onValue={is => onDraft({ ...draft, is: is === 'contains' ? 'contains' : 'equals' })}
        />
      )}
      {field?.kind === 'menu' ? (
        <Field
          type="select"
          name="value"
          label={t('conditions.fieldValue')}
          value={draft.value}
          options={optionsOf(
            field.options.map(one => ({ id: one, title: one })),
            draft.value,
          )}
          onValue={chosen => onDraft({ ...draft, value: chosen })}
          error={error}
        />
      ) : (
        draft.fieldId !== '' &&
        field?.kind !== 'checkbox' && (
          <Field
            type={field?.kind === 'date' ? 'date' : 'text'}
            name="value"
            label={t('conditions.fieldValue')}
            value={draft.value}
            onValue={typed => onDraft({ ...draft, value: typed })}
            error={error}
          />
        )
      )}
    </>
  )
}

registerConditionForm<'profile'>({
  kind: 'profile',
  label: 'conditions.kindProfile',
  offered: () => true,
  start: () => ({ kind: 'profile', fieldId: '', is: 'equals', value: '' }),
  wrong: ({ fieldId, value }) =>
    fieldId === '' ? t('conditions.missing') : value.trim() === '' ? t('conditions.valueMissing') : undefined,
  finish: draft => ({ ...draft, value: draft.value.trim() }) as ReturnType<ConditionForm['finish']>,
  Fields,
})
