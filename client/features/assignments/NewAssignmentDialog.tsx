// Adds an assignment to a module, as a draft, and goes on to what is to be done.
import { useLocation } from 'preact-iso/router'
import { pathTo } from '#client/app/paths.ts'
import type { ItemAdderProps } from '#client/features/courses/registry.ts'
import { useCourse } from '#client/features/courses/store.ts'
import { timeZone } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import { Dialog } from '#client/ui/Dialog.tsx'
import { AssignmentForm } from './AssignmentForm.tsx'
import { createAssignment } from './store.ts'

export function NewAssignmentDialog({ courseId, moduleId, onClose }: ItemAdderProps) {
  const { route: go } = useLocation()
  const zone = useCourse(courseId).course.value?.course.timeZone ?? timeZone.value
  return (
    <Dialog open onClose={onClose} title={t('assignments.newAssignment')}>
      <AssignmentForm
        zone={zone}
        save={t('assignments.create')}
        onClose={onClose}
        onSave={async words => {
          const { assignment } = await createAssignment({ courseId, moduleId, ...words })
          onClose()
          go(pathTo('assignment', { courseId, assignmentId: assignment.id }, { edit: 1 }))
        }}
      />
    </Dialog>
  )
}
