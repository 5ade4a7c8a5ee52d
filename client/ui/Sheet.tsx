// A dialog that comes from the edge: from the side on a desktop, from below on a phone.
import { type DialogProps, Modal } from '#client/ui/Dialog.tsx'

export type SheetProps = Omit<DialogProps, 'wide'>

/** A longer task or list over the page. */
export function Sheet(props: SheetProps) {
  return <Modal {...props} form="sheet" />
}
