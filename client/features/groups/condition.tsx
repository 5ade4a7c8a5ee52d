// Being in a group, as a condition that opens things: how it is chosen and how it reads.
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
  registerConditionWords('group', (_one, title) => t('groups.saysIn', { group: title }))
}
