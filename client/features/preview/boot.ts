// Tells the frame as whom a course, or Lectern, is shown in this tab, and offers the way out in the palette. Called once by
// main.
import { Glasses } from 'lucide-preact'
import { preview } from '#client/app/frame.ts'
import { registerFrameTool } from '#client/app/frame-tools.ts'
import { registerPaletteSource } from '#client/app/palette/registry.ts'
import { clockTimeHere } from '#client/platform/dates.ts'
import { endPreview, previewed, type ShownPreview, showsPerson } from '#client/platform/preview.ts'
import { t } from '#client/platform/texts.ts'
import { PreviewHost } from './PreviewHost.tsx'
import { SeenAs } from './SeenAs.tsx'
import { choosePreview, endPersonView } from './store.ts'
import { wordsOf } from './words.ts'

function sayInFrame(shown: ShownPreview): () => void {
  if (showsPerson(shown)) {
    const end = () => void endPersonView(shown.preview.viewId)
    // By this device's clock; where it is slow the server says so first.
    setTimeout(end, Math.max(0, Date.parse(shown.until) - Date.now()))
    preview.value = {
      get words() {
        return t('preview.seenAsPerson', { name: shown.name, time: clockTimeHere(shown.until) })
      },
      onEnd: end,
    }
    return end
  }
  preview.value = {
    get words() {
      return t('preview.seenAs', { course: shown.course, who: wordsOf(shown) })
    },
    onChange: () => choosePreview(shown.preview.courseId),
    onEnd: () => endPreview(),
  }
  return () => endPreview()
}

export function startPreview(): void {
  registerFrameTool({ name: 'preview', inPreview: true, Over: PreviewHost })
  registerFrameTool({ name: 'seen-as', Settings: SeenAs })
  if (!previewed) return
  const end = sayInFrame(previewed)
  registerPaletteSource({
    name: 'preview',
    group: 'act',
    list: () => [{ key: 'end preview', label: t('preview.end'), icon: Glasses, does: { run: end } }],
  })
}
