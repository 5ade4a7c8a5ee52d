// The fields that administrators define, as they are filled in: each is saved when it is left.
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Field } from '#client/ui/Field.tsx'
import type { SaveState } from '#client/ui/SavedAt.tsx'
import { isWebPage, mostOfKind, type Profile, type ProfileField, profileRoutes } from '#protocol/accounts/profile.ts'

interface ProfileFieldsProps {
  readonly profile: Profile
  readonly onSave: (save: SaveState) => void
}

const seenTexts = {
  fellows: 'people.seenByFellows',
  teachers: 'people.seenByTeachers',
  administrators: 'people.seenByAdministrators',
} as const satisfies Record<ProfileField['seenBy'], string>

/** Who sees a field, in words. */
export const seenWords = (seenBy: ProfileField['seenBy']): string => t(seenTexts[seenBy])

export function ProfileFields({ profile, onSave }: ProfileFieldsProps) {
  const [values, setValues] = useState(() => new Map(profile.fields.map(one => [one.field.id as string, one.value])))
  const [kept, setKept] = useState(values)
  const [wrong, setWrong] = useState<{ readonly id: string; readonly words: string }>()

  const put = (id: string, value: string) => setValues(now => new Map(now).set(id, value))
  const save = async (field: ProfileField, value: string) => {
    if (value === kept.get(field.id)) return setWrong(now => (now?.id === field.id ? undefined : now))
    if (field.kind === 'link' && value !== '' && !isWebPage(value))
      return setWrong({ id: field.id, words: t('people.linkWrong') })
    onSave({ state: 'saving' })
    try {
      const { accountId } = profile
      await request(profileRoutes.fillProfile, { accountId, values: [{ fieldId: field.id, value }] })
      setKept(now => new Map(now).set(field.id, value))
      setWrong(undefined)
      onSave({ state: 'saved', at: new Date().toISOString() })
    } catch (error) {
      setWrong({ id: field.id, words: problemWords(error) })
      onSave({ state: 'failed' })
    }
  }

  return (
    <>
      {profile.fields.map(({ field, mayFill }) => {
        const value = values.get(field.id) ?? ''
        const error = wrong?.id === field.id ? wrong.words : undefined
        const at = (next: string) => {
          put(field.id, next)
          void save(field, next)
        }
        const shared = { name: field.id, label: field.name, value, error, disabled: !mayFill, optional: true }
        const hint = mayFill ? seenWords(field.seenBy) : t('people.filledByAdministrators')
        if (field.kind === 'checkbox')
          return (
            <Checkbox
              key={field.id}
              label={field.name}
              hint={hint}
              checked={value === 'yes'}
              disabled={!mayFill}
              onChecked={checked => at(checked ? 'yes' : '')}
            />
          )
        if (field.kind === 'menu')
          return (
            <Field
              key={field.id}
              type="select"
              {...shared}
              hint={hint}
              onValue={at}
              options={[
                { value: '', label: t('people.notSaid') },
                ...field.options.map(one => ({ value: one, label: one })),
              ]}
            />
          )
        if (field.kind === 'long-text')
          return (
            <Field
              key={field.id}
              type="textarea"
              {...shared}
              hint={hint}
              rows={4}
              maxLength={mostOfKind(field.kind)}
              onValue={next => put(field.id, next)}
              onLeave={() => void save(field, value.trim())}
            />
          )
        return (
          <Field
            key={field.id}
            type={field.kind === 'date' ? 'date' : field.kind === 'link' ? 'url' : 'text'}
            {...shared}
            hint={hint}
            maxLength={mostOfKind(field.kind)}
            onValue={next => put(field.id, next)}
            onLeave={() => void save(field, value.trim())}
          />
        )
      })}
    </>
  )
}
