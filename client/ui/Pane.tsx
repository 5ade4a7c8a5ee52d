// The context pane: chat, people, notes beside the page. A column on a desktop, a sheet on a phone.
// It stands in the frame's place for it (`paneSlotId`); in a page without the frame it stands where it is written.

import { X } from 'lucide-preact'
import { type ComponentChildren, createPortal } from 'preact'
import { useEffect, useId, useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Sheet } from '#client/ui/Sheet.tsx'
import './Pane.css'

/** The id of the element in the frame that takes the pane. */
export const paneSlotId = 'pane'

/** From this width the pane stands beside the page. */
export const besideFrom = '(min-width: 64rem)'

/** Follows a media query. */
export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const media = matchMedia(query)
    const follow = () => setMatches(media.matches)
    follow()
    media.addEventListener('change', follow)
    return () => media.removeEventListener('change', follow)
  }, [query])
  return matches
}

export type PaneProps = {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly children: ComponentChildren
}

/** Something to keep in sight while the page goes on. */
export function Pane({ open, onClose, title, children }: PaneProps) {
  const beside = useMedia(besideFrom)
  const titleId = useId()
  if (!beside) {
    return (
      <Sheet open={open} onClose={onClose} title={title}>
        {children}
      </Sheet>
    )
  }
  if (!open) return null
  const pane = (
    <aside class="pane" aria-labelledby={titleId}>
      <header class="pane-head">
        <h2 id={titleId}>{title}</h2>
        <IconButton icon={X} label={t('ui.close')} onClick={onClose} />
      </header>
      <div class="pane-body">{children}</div>
    </aside>
  )
  const slot = document.getElementById(paneSlotId)
  return slot ? createPortal(pane, slot) : pane
}
