// What the palette offers about classes: starting one in the open course, over any of its pages.
import { Radio } from 'lucide-preact'
import { registerPaletteSource } from '#client/app/palette/registry.ts'
import { openCourse } from '#client/features/courses/palette.ts'
import { t } from '#client/platform/texts.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { courseScope } from '#protocol/courses.ts'
import { StartDialog } from './StartClass.tsx'

const dialogs = new Map<string, ReturnType<typeof dialogFor>>()

function dialogFor(courseId: string) {
  return function Start({ onClose }: { readonly onClose: () => void }) {
    // The dialog reads the order of the course; on its home these are open already.
    useScope(courseScope, courseId)
    useScope(courseStaffScope, courseId)
    return <StartDialog courseId={courseId} onClose={onClose} />
  }
}

/** The same component each time, so that a render does not begin the dialog anew. */
function startIn(courseId: string) {
  const made = dialogs.get(courseId) ?? dialogFor(courseId)
  dialogs.set(courseId, made)
  return made
}

/** Called once, at the boot of live. */
export function startLivePalette(): void {
  registerPaletteSource({
    name: 'start class',
    group: 'act',
    list: where => {
      const course = openCourse(where)
      if (!course?.capabilities.includes('live.host')) return []
      return [
        {
          key: `start class ${course.courseId}`,
          label: t('palette.startClass', { course: course.title }),
          icon: Radio,
          does: { Dialog: startIn(course.courseId) },
        },
      ]
    },
  })
}
