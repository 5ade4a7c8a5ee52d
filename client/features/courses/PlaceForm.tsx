// Where a course stands in the institution: its term, and for administrators its department. Saved as it is chosen.
import { me } from '#client/features/accounts/store.ts'
import { departmentWords, listDepartments, listTerms, mostChoices } from '#client/features/organisation/store.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Field } from '#client/ui/Field.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { Course } from '#protocol/courses.ts'
import type { DepartmentId, TermId } from '#protocol/organisation.ts'
import { attempt, changeCourse } from './store.ts'

type Place = { readonly departmentId?: DepartmentId | null; readonly termId?: TermId | null }

export function PlaceForm({ course }: { readonly course: Course }) {
  const keeps = me.value?.siteRole === 'administrator'
  const terms = useLoad('terms', () => listTerms({ limit: mostChoices }))
  const departments = useLoad(keeps ? 'departments' : null, () => listDepartments({ limit: mostChoices }))
  const change = async (place: Place) => {
    const done = await attempt(() => changeCourse({ courseId: course.id, version: course.version, ...place }))
    if (done) showToast({ text: t('courses.saved') })
  }
  const none = { value: '', label: t('courses.placeNone') }
  return (
    <div class="stack">
      <Field
        type="select"
        name="termId"
        label={t('organisation.term')}
        value={course.termId ?? ''}
        onValue={chosen => void change({ termId: chosen === '' ? null : (chosen as TermId) })}
        options={[none, ...(terms.value?.items ?? []).map(one => ({ value: one.id, label: one.name }))]}
      />
      {keeps && (
        <Field
          type="select"
          name="departmentId"
          label={t('organisation.department')}
          hint={t('courses.departmentHint')}
          value={course.departmentId ?? ''}
          onValue={chosen => void change({ departmentId: chosen === '' ? null : (chosen as DepartmentId) })}
          options={[
            none,
            ...(departments.value?.items ?? []).map(one => ({ value: one.id, label: departmentWords(one) })),
          ]}
        />
      )}
    </div>
  )
}
