// What the client does about templates: finds those the reader may use, makes one of a course and takes that back.
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { showToast } from '#client/ui/Toast.tsx'
import type { InputBefore } from '#protocol/base/call.ts'
import { templateRoutes } from '#protocol/courses/templates.ts'
import type { Course } from '#protocol/courses.ts'
import { attempt, refreshBeside } from './store.ts'

export const listTemplates = (input: InputBefore<typeof templateRoutes.templates>) =>
  request(templateRoutes.templates, input)
export const getTemplate = (courseId: string) => request(templateRoutes.template, { courseId })

/** Makes a template of a course, or a plain draft of one; the notice takes it back. */
export async function changeTemplate(course: Pick<Course, 'id' | 'title'>, template: boolean): Promise<void> {
  const turn = (to: boolean) =>
    attempt(() => request(templateRoutes.changeTemplate, { courseId: course.id, template: to })).finally(
      () => void refreshBeside(),
    )
  if (!(await turn(template))) return
  showToast({
    text: t(template ? 'courses.templateMade' : 'courses.templateEnded', { title: course.title }),
    onUndo: () => void turn(!template),
  })
}
