// Adds a lesson to a module, as a draft, and goes on to its pages.
import { useLocation } from 'preact-iso/router'
import { pathTo } from '#client/app/paths.ts'
import type { ItemAdderProps } from '#client/features/courses/registry.ts'
import { t } from '#client/platform/texts.ts'
import { Dialog } from '#client/ui/Dialog.tsx'
import { LessonForm } from './LessonForm.tsx'
import { createLesson } from './store.ts'

export function NewLessonDialog({ courseId, moduleId, onClose }: ItemAdderProps) {
  const { route: go } = useLocation()
  return (
    <Dialog open onClose={onClose} title={t('lessons.newLesson')}>
      <LessonForm
        words={{ title: '', intro: '', anyOrder: false }}
        save={t('lessons.create')}
        onClose={onClose}
        onSave={async words => {
          const { lesson } = await createLesson({ courseId, moduleId, ...words })
          onClose()
          go(pathTo('lesson', { courseId, lessonId: lesson.id }))
        }}
      />
    </Dialog>
  )
}
