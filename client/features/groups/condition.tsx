// Being in a group or in any of a set, as conditions that open things: how they are chosen and how they read.
import { useEffect } from 'preact/hooks'
import { type ConditionForm, optionsOf, registerConditionForm } from '#client/features/conditions/kinds.tsx'
import { registerConditionWords } from '#client/features/conditions/words.ts'
import { t } from '#client/platform/texts.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Field } from '#client/ui/Field.tsx'
import { type GroupSet, groupsScope } from '#protocol/groups.ts'
import { byName } from './store.ts'

type GroupForm = Parameters<typeof registerConditionForm<'group'>>[0]

const Fields: GroupForm['Fields'] = ({ draft, onDraft, choices, error }) => {
  const state = useScope(groupsScope, choices.courseId).state.value
  const setOf = new Map<string, GroupSet>((state?.sets ?? []).map(one => [one.id, one]))
  const all = [...(state?.groups ?? [])].sort(byName).map(one => {
    const set = one.setId === null ? undefined : setOf.get(one.setId)
    return { id: one.id, title: set ? t('groups.ofSet', { set: set.name, group: one.name }) : one.name }
  })
  useEffect(() => choices.tell(all), [state])
  return (
    <Field
      type="select"
      name="group"
      label={t('groups.group')}
      value={draft.groupId}
      options={optionsOf(all, draft.groupId)}
      onValue={groupId => onDraft({ ...draft, groupId })}
      error={error}
    />
  )
}

type SetForm = Parameters<typeof registerConditionForm<'set'>>[0]

const SetFields: SetForm['Fields'] = ({ draft, onDraft, choices, error }) => {
  const state = useScope(groupsScope, choices.courseId).state.value
  const all = [...(state?.sets ?? [])].sort(byName).map(one => ({ id: one.id, title: one.name }))
  useEffect(() => choices.tell(all), [state])
  return (
    <Field
      type="select"
      name="set"
      label={t('groups.setOfGroups')}
      hint={all.length === 0 && state ? t('groups.noSetYet') : undefined}
      value={draft.setId}
      options={optionsOf(all, draft.setId)}
      onValue={setId => onDraft({ ...draft, setId })}
      error={error}
    />
  )
}

/** Called once, when the client starts. */
export function startGroupCondition(): void {
  registerConditionForm<'group'>({
    kind: 'group',
    label: 'groups.inGroup',
    offered: () => true,
    start: () => ({ kind: 'group', groupId: '' }),
    wrong: ({ groupId }) => (groupId === '' ? t('conditions.missing') : undefined),
    finish: draft => draft as ReturnType<ConditionForm['finish']>,
    Fields,
  })
  registerConditionForm<'set'>({
    kind: 'set',
    label: 'groups.inSet',
    offered: () => true,
    start: () => ({ kind: 'set', setId: '' }),
    wrong: ({ setId }) => (setId === '' ? t('conditions.missing') : undefined),
    finish: draft => draft as ReturnType<ConditionForm['finish']>,
    Fields: SetFields,
  })
  registerConditionWords('set', (_one, title) => t('groups.saysInSet', { set: title }))
  registerConditionWords('group', (_one, title) => t('groups.saysIn', { group: title }))
}
