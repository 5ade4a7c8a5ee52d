// Finds courses by department and by term; each is offered once there is one.
import { DepartmentField, TermField } from '#client/features/organisation/PickFields.tsx'
import { t } from '#client/platform/texts.ts'

interface PlaceFilterProps {
  readonly departmentId: string
  readonly onDepartment: (id: string) => void
  readonly termId: string
  readonly onTerm: (id: string) => void
}

export function PlaceFilter({ departmentId, onDepartment, termId, onTerm }: PlaceFilterProps) {
  return (
    <>
      <DepartmentField
        name="department"
        nothing={t('organisation.everyDepartment')}
        value={departmentId}
        onValue={onDepartment}
        labelHidden
        onlyWhereAny
      />
      <TermField
        name="term"
        nothing={t('organisation.everyTerm')}
        value={termId}
        onValue={onTerm}
        labelHidden
        onlyWhereAny
      />
    </>
  )
}
