// Short notices at the edge, with undo where an act can be taken back. Faults that need a decision are no toasts.
import { signal } from '@preact/signals'
import { X } from 'lucide-preact'
import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import { placeOf } from '#client/ui/toast-place.ts'
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

/** From the head of a small screen, in pixels. */
const edge = 8

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

/** What takes a tap. */
const controls = 'a[href], button, input, select, textarea, summary, label'

function takesTaps(one: HTMLElement): boolean {
  const { visibility, pointerEvents } = getComputedStyle(one)
  // The link that skips the navigation stands at the head unseen.
  return one.getClientRects().length > 0 && visibility !== 'hidden' && pointerEvents !== 'none'
}

/** On a small screen: how far above its place at the foot the region stands, in pixels, to lie over no control. */
function useLift(region: RefObject<HTMLElement | null>): number {
  const [lift, setLift] = useState(0)
  const lifted = useRef(0)
  const count = shown.value.length
  useLayoutEffect(() => {
    const lay = (stays: boolean) => {
      const element = region.current
      if (!element) return
      const { top, bottom, height } = element.getBoundingClientRect()
      const foot = top + lifted.current
      const small = matchMedia('(width < 48rem)').matches
      const taken = [...document.querySelectorAll<HTMLElement>(controls)]
        .filter(one => !element.contains(one) && takesTaps(one))
        .map(one => one.getBoundingClientRect())
      const place = placeOf(height, { top: edge, bottom: bottom + lifted.current }, taken, stays ? top : undefined)
      lifted.current = small && count > 0 ? foot - place : 0
      setLift(lifted.current)
    }
    lay(false)
    if (count === 0) return
    // The page may still become another one after what was done.
    const observer = new ResizeObserver(() => lay(true))
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [count])
  return lift
}

/** Mounted once, by the frame. */
export function ToastRegion() {
  const [held, setHeld] = useState(false)
  const region = useRef<HTMLElement>(null)
  const before = useRef<EventTarget | null>(null)
  const lift = useLift(region)
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
      <IconButton icon={X} label={t('ui.dismiss')} onClick={onClose} />
    </div>
  )
}
