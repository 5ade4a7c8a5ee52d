// One section or group of a course, to see those in it alone. Draws nothing in a course without any.
import { useEffect } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Field } from '#client/ui/Field.tsx'
import type { CourseId } from '#protocol/courses.ts'
import { groupsScope } from '#protocol/groups.ts'
import { byName } from './store.ts'

interface GroupFilterProps {
  readonly courseId: CourseId
  /** The id of a section or group; empty for everybody. */
  readonly value: string
  readonly onValue: (groupId: string) => void
}

export function GroupFilter({ courseId, value, onValue }: GroupFilterProps) {
  const state = useScope(groupsScope, courseId).state.value
  const gone = state !== undefined && value !== '' && !state.groups.some(one => one.id === value)
  // Removed, or of another course: then nobody would be left, and nothing would say why.
  useEffect(() => {
    if (gone) onValue('')
  }, [gone])
  if (!state || state.groups.length === 0) return null
  const within = (setId: string | null) => state.groups.filter(one => one.setId === setId).sort(byName)
  return (
    <Field
      type="select"
      name="group"
      label={t('groups.filter')}
      labelHidden
      value={value}
      onValue={onValue}
      options={[
        { value: '', label: t('groups.filterAll') },
        ...within(null).map(({ id, name, members }) => ({
          value: id,
          label: t('groups.filterSection', { name, count: members }),
        })),
        ...[...state.sets].sort(byName).flatMap(set =>
          within(set.id).map(({ id, name, members }) => ({
            value: id,
            label: t('groups.filterGroup', { set: set.name, name, count: members }),
          })),
        ),
      ]}
    />
  )
}
