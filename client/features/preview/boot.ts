// Tells the frame as whom a course is shown in this tab, and offers the way out in the palette. Called once by main.
import { Glasses } from 'lucide-preact'
import { preview } from '#client/app/frame.ts'
import { registerFrameTool } from '#client/app/frame-tools.ts'
import { registerPaletteSource } from '#client/app/palette/registry.ts'
import { endPreview, previewed } from '#client/platform/preview.ts'
import { t } from '#client/platform/texts.ts'
import { PreviewHost } from './PreviewHost.tsx'
import { choosePreview } from './store.ts'
import { wordsOf } from './words.ts'

export function startPreview(): void {
  registerFrameTool({ name: 'preview', inPreview: true, Over: PreviewHost })
  if (!previewed) return
  const shown = previewed
  preview.value = {
    get words() {
      return t('preview.seenAs', { course: shown.course, who: wordsOf(shown) })
    },
    onChange: () => choosePreview(shown.preview.courseId),
    onEnd: () => endPreview(),
  }
  registerPaletteSource({
    name: 'preview',
    group: 'act',
    list: () => [{ key: 'end preview', label: t('preview.end'), icon: Glasses, does: { run: () => endPreview() } }],
  })
}
