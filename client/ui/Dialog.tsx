// The native dialog: modal, closed by Escape, the cross or a tap beside it; the focus returns to where it was.

import { X } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import './Dialog.css'

export type DialogProps = {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  /** Buttons at the foot, the primary one last. */
  readonly actions?: ComponentChildren
  readonly wide?: boolean | undefined
  readonly children: ComponentChildren
}

/** A question or a small task in the middle of the screen. For an undoable act show a toast with undo instead. */
export function Dialog(props: DialogProps) {
  return <Modal {...props} form="dialog" />
}

/** The frame that Dialog and Sheet share. */
export function Modal({
  open,
  onClose,
  title,
  actions,
  wide = false,
  children,
  form,
}: DialogProps & { readonly form: 'dialog' | 'sheet' }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()

  // Before the next key arrives: what is typed right after Escape is meant for the page.
  useLayoutEffect(() => {
    const element = dialog.current
    if (!element) return
    if (open && !element.open) element.showModal()
    else if (!open && element.open) element.close()
  }, [open])

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the key for it, and the browser's own.
    <dialog
      ref={dialog}
      class="modal"
      data-form={form}
      data-wide={wide || undefined}
      aria-labelledby={titleId}
      onCancel={event => {
        if (event.target !== dialog.current) return
        event.preventDefault()
        onClose()
      }}
      onClose={event => {
        if (event.target === dialog.current && open) onClose()
      }}
      onClick={event => {
        if (event.target === dialog.current) onClose()
      }}
    >
      {open && (
        <div class="modal-inner">
          <header class="modal-head">
            <h2 id={titleId}>{title}</h2>
            <IconButton icon={X} label={t('ui.close')} onClick={onClose} />
          </header>
          <div class="modal-body">{children}</div>
          {actions && <footer class="modal-actions">{actions}</footer>}
        </div>
      )}
    </dialog>
  )
}
