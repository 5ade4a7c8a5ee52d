// Short notices at the edge, with undo where an act can be taken back. Faults that need a decision are no toasts.
import { signal } from '@preact/signals'
import { X } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import { useLift } from '#client/ui/use-lift.ts'
import './Toast.css'

export type ToastWords = {
  readonly text: string
  readonly tone?: 'neutral' | 'bad' | undefined
  /** Takes the act back; the toast then stays for eight seconds. */
  readonly onUndo?: (() => void) | undefined
  /** What it is about: a later notice about the same takes its place, so that many small acts in a row leave one. */
  readonly topic?: string | undefined
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
  const others = shown.peek().filter(one => words.topic === undefined || one.topic !== words.topic)
  shown.value = [...others, { ...words, id }].slice(-3)
  return () => dismiss(id)
}

function dismiss(id: number): void {
  shown.value = shown.peek().filter(one => one.id !== id)
}

/** Mounted once, by the frame. */
export function ToastRegion() {
  const [held, setHeld] = useState(false)
  const region = useRef<HTMLElement>(null)
  const before = useRef<EventTarget | null>(null)
  const lift = useLift(region, shown.value.length, 'a small screen')
  const close = (id: number) => {
    const focused = region.current?.contains(document.activeElement)
    dismiss(id)
    // What is gone tells nobody that it lost the focus.
    setHeld(false)
    if (focused && before.current instanceof HTMLElement) before.current.focus()
  }
  return (
    <section
      ref={region}
      class="toasts"
      style={{ transform: lift === 0 ? undefined : `translateY(${-lift}px)` }}
      aria-label={t('ui.notifications')}
      aria-live="polite"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocusIn={event => {
        setHeld(true)
        if (!region.current?.contains(event.relatedTarget as Node | null)) before.current = event.relatedTarget
      }}
      onFocusOut={() => setHeld(false)}
    >
      {shown.value.map(one => (
        <Toast key={one.id} toast={one} held={held} onClose={() => close(one.id)} />
      ))}
    </section>
  )
}

interface ToastProps {
  readonly toast: Shown
  readonly held: boolean
  readonly onClose: () => void
}

function Toast({ toast, held, onClose }: ToastProps) {
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
      <div class="toast-said">
        <p class="toast-text">{text}</p>
        {act && (
          <button
            type="button"
            class="toast-act"
            onClick={() => {
              onClose()
              act.onSelect()
            }}
          >
            {act.label}
          </button>
        )}
      </div>
      <IconButton icon={X} label={t('ui.dismiss')} onClick={onClose} />
    </div>
  )
}
