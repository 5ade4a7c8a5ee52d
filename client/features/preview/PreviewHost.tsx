// The choice of a preview, over whatever page it is.

import { PreviewDialog } from './PreviewDialog.tsx'
import { changing } from './store.ts'

/** Mounted once by the app. */
export function PreviewHost() {
  const courseId = changing.value
  if (courseId === undefined) return null
  return (
    <PreviewDialog
      courseId={courseId}
      onClose={() => {
        changing.value = undefined
      }}
    />
  )
}
