// Where a course stands in the institution: its term, and for administrators its department. Saved as it is chosen.
import { me } from '#client/features/accounts/store.ts'
import { DepartmentField, TermField } from '#client/features/organisation/PickFields.tsx'
import { t } from '#client/platform/texts.ts'
import { showToast } from '#client/ui/Toast.tsx'
import type { Course } from '#protocol/courses.ts'
import type { DepartmentId, TermId } from '#protocol/organisation.ts'
import { attempt, changeCourse } from './store.ts'

type Place = { readonly departmentId?: DepartmentId | null; readonly termId?: TermId | null }

export function PlaceForm({ course }: { readonly course: Course }) {
  const keeps = me.value?.siteRole === 'administrator'
  const change = async (place: Place) => {
    const done = await attempt(() => changeCourse({ courseId: course.id, version: course.version, ...place }))
    if (done) showToast({ text: t('courses.saved') })
  }
  return (
    <div class="stack">
      <TermField
        name="termId"
        nothing={t('courses.placeNone')}
        value={course.termId ?? ''}
        onValue={chosen => void change({ termId: chosen === '' ? null : (chosen as TermId) })}
      />
      {keeps && (
        <DepartmentField
          name="departmentId"
          nothing={t('courses.placeNone')}
          hint={t('courses.departmentHint')}
          value={course.departmentId ?? ''}
          onValue={chosen => void change({ departmentId: chosen === '' ? null : (chosen as DepartmentId) })}
        />
      )}
    </div>
  )
}
