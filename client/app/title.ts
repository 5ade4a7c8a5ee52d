// The title of the document: the page's, then the product's.
import { useEffect } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { withoutSigns } from '#protocol/texts/text.ts'

/** Sets the title of the document. */
export function setTitle(page: string): void {
  document.title = withoutSigns(t('app.titled', { page }))
}

/** For a page that knows a better title than its route, once it knows it: the course's name. */
export function usePageTitle(page: string | undefined): void {
  useEffect(() => {
    if (page !== undefined) setTitle(page)
  }, [page])
}
