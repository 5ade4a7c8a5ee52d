// The bar over every page while a course is shown as somebody else would see it: as whom, and the way out.
import { Glasses } from 'lucide-preact'
import { preview } from '#client/app/frame.ts'
import { useShortcuts } from '#client/app/keys/shortcuts.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import './PreviewBar.css'

/** Nothing at all for oneself. */
export function PreviewBar() {
  const shown = preview.value
  useShortcuts(t('preview.keys'), shown ? [{ keys: 'g x', label: t('preview.end'), run: shown.onEnd }] : [])
  if (!shown) return null
  return (
    <section class="preview-bar" aria-label={t('preview.bar')}>
      <Icon as={Glasses} size={20} />
      <p>
        {shown.words} <span class="preview-bar-more">{t('preview.nothingKept')}</span>
      </p>
      <span class="preview-bar-acts">
        {shown.onChange && (
          <Button kind="quiet" size="small" onClick={shown.onChange}>
            {t('preview.change')}
          </Button>
        )}
        <Button size="small" onClick={shown.onEnd}>
          {t('preview.end')}
        </Button>
      </span>
    </section>
  )
}
