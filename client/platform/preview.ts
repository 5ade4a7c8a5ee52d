// Whether this tab shows a course, or all of Lectern, as somebody else sees it: said with every request and at the handshake, and kept for
// the tab alone. The server decides what is shown; a page begins and ends a preview by being loaded anew.
import * as z from 'zod/mini'
import { coursePreview, personPreview, writePreview } from '#protocol/preview.ts'

const storageKey = 'lectern.preview'

/** With the words for what it is, as they were chosen. */
const ofCourse = z.object({
  preview: coursePreview,
  course: z.string(),
  role: z.string(),
  groups: z.array(z.string()),
})
/** With whose eyes, and until when. */
const ofPerson = z.object({ preview: personPreview, name: z.string(), until: z.iso.datetime() })
const shownPreview = z.union([ofCourse, ofPerson])
export type ShownPreview = z.infer<typeof shownPreview>
export type ShownCourse = z.infer<typeof ofCourse>
export type ShownPerson = z.infer<typeof ofPerson>

export const showsPerson = (shown: ShownPreview): shown is ShownPerson => 'until' in shown

function read(): ShownPreview | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null')
    const found = z.safeParse(shownPreview, kept)
    return found.success ? found.data : undefined
  } catch {
    // Outside a browser, and where nothing is kept, there is none.
    return undefined
  }
}

/** Does not change while a page is open. */
export const previewed: ShownPreview | undefined = read()

/** What the server is told; undefined for oneself. */
export const previewSaid: string | undefined = previewed && writePreview(previewed.preview)

/** Begins a preview, or changes it, at an address of ours. Throws where this tab keeps nothing. */
export function beginPreview(wanted: ShownPreview, path: string): void {
  sessionStorage.setItem(storageKey, JSON.stringify(wanted))
  location.assign(path)
}

/** Ends it, at the page that is open or at `path`. */
export function endPreview(path?: string): void {
  sessionStorage.removeItem(storageKey)
  if (path === undefined) location.reload()
  else location.assign(path)
}
