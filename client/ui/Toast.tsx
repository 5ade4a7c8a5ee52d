// Short notices at the edge, with undo where an act can be taken back. Faults that need a decision are no toasts.
import { signal } from '@preact/signals'
import { X } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import './Toast.css'

export type ToastWords = {
  readonly text: string
  readonly tone?: 'neutral' | 'bad' | undefined
  /** Takes the act back; the toast then stays for eight seconds. */
  readonly onUndo?: (() => void) | undefined
  /** Another single act, instead of undo. */
  readonly action?: { readonly label: string; readonly onSelect: () => void } | undefined
}

type Shown = ToastWords & { readonly id: number }

const shown = signal<readonly Shown[]>([])
let lastId = 0

/** Shows a notice; gives back a function that takes it away. At most three stand at once. */
export function showToast(words: ToastWords): () => void {
  lastId += 1
  const id = lastId
  shown.value = [...shown.peek(), { ...words, id }].slice(-3)
  return () => dismiss(id)
}

function dismiss(id: number): void {
  shown.value = shown.peek().filter(one => one.id !== id)
}

/** Mounted once, by the frame. */
export function ToastRegion() {
  const [held, setHeld] = useState(false)
  return (
    <section
      class="toasts"
      aria-label={t('ui.notifications')}
      aria-live="polite"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocusIn={() => setHeld(true)}
      onFocusOut={() => setHeld(false)}
    >
      {shown.value.map(one => (
        <Toast key={one.id} toast={one} held={held} />
      ))}
    </section>
  )
}

function Toast({ toast, held }: { readonly toast: Shown; readonly held: boolean }) {
  const { id, text, tone, onUndo, action } = toast
  const act = onUndo ? { label: t('ui.undo'), onSelect: onUndo } : action
  const stays = act ? 8000 : 5000

  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => dismiss(id), stays)
    return () => clearTimeout(timer)
  }, [id, held, stays])

  return (
    <div class="toast" data-tone={tone ?? 'neutral'}>
      <p class="toast-text">{text}</p>
      {act && (
        <button
          type="button"
          class="toast-act"
          onClick={() => {
            dismiss(id)
            act.onSelect()
          }}
        >
          {act.label}
        </button>
      )}
      <IconButton icon={X} label={t('ui.dismiss')} onClick={() => dismiss(id)} />
    </div>
  )
}
