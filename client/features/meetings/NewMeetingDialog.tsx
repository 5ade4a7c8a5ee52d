// Adds a meeting to a module, as a draft.
import type { ItemAdderProps } from '#client/features/courses/registry.ts'
import { useCourse } from '#client/features/courses/store.ts'
import { timeZone } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import { Dialog } from '#client/ui/Dialog.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { MeetingForm } from './MeetingForm.tsx'
import { createMeeting } from './store.ts'

export function NewMeetingDialog({ courseId, moduleId, onClose }: ItemAdderProps) {
  const zone = useCourse(courseId).course.value?.course.timeZone ?? timeZone.value
  return (
    <Dialog open onClose={onClose} title={t('meetings.newMeeting')}>
      <MeetingForm
        courseId={courseId}
        zone={zone}
        save={t('meetings.create')}
        onClose={onClose}
        onSave={async words => {
          await createMeeting({ courseId, moduleId, ...words } as Parameters<typeof createMeeting>[0])
          onClose()
          showToast({ text: t('meetings.created', { title: words.title }) })
        }}
      />
    </Dialog>
  )
}
