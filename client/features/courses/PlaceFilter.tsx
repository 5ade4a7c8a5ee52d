// Finds courses by department and by term; each is offered once there is one.
import { departmentWords, listDepartments, listTerms, mostChoices } from '#client/features/organisation/store.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Field } from '#client/ui/Field.tsx'

interface PlaceFilterProps {
  readonly departmentId: string
  readonly onDepartment: (id: string) => void
  readonly termId: string
  readonly onTerm: (id: string) => void
}

export function PlaceFilter({ departmentId, onDepartment, termId, onTerm }: PlaceFilterProps) {
  const departments = useLoad('departments', () => listDepartments({ limit: mostChoices })).value?.items ?? []
  const terms = useLoad('terms', () => listTerms({ limit: mostChoices })).value?.items ?? []
  return (
    <>
      {departments.length > 0 && (
        <Field
          type="select"
          name="department"
          label={t('organisation.department')}
          labelHidden
          value={departmentId}
          onValue={onDepartment}
          options={[
            { value: '', label: t('organisation.everyDepartment') },
            ...departments.map(one => ({ value: one.id, label: departmentWords(one) })),
          ]}
        />
      )}
      {terms.length > 0 && (
        <Field
          type="select"
          name="term"
          label={t('organisation.term')}
          labelHidden
          value={termId}
          onValue={onTerm}
          options={[
            { value: '', label: t('organisation.everyTerm') },
            ...terms.map(one => ({ value: one.id, label: one.name })),
          ]}
        />
      )}
    </>
  )
}
