// Announcements for screen readers: one polite and one assertive region for the whole client. What was said is taken away
// again, or whoever reads on through the page would meet it at the end as if it were part of it.
import { signal } from '@preact/signals'
import './VisuallyHidden.css'

export type Urgency = 'polite' | 'assertive'

type Announcement = { readonly text: string; readonly turn: number }

const silence: Announcement = { text: '', turn: 0 }
const spoken = { polite: signal(silence), assertive: signal(silence) }

/** How long a text stands, in milliseconds: a reader takes it up at once, the slower ones within a second or two. */
const standsMs = 4_000

/** Has a text read out. The same text twice is read twice. Assertive is for time running out and for faults alone. */
export function announce(text: string, urgency: Urgency = 'polite'): void {
  const region = spoken[urgency]
  const turn = region.peek().turn + 1
  region.value = { text, turn }
  setTimeout(() => {
    if (region.peek().turn === turn) region.value = { text: '', turn }
  }, standsMs)
}

/** Mounted once, by the frame. */
export function LiveRegion() {
  const polite = spoken.polite.value
  const assertive = spoken.assertive.value
  return (
    <div class="visually-hidden">
      <div aria-live="polite" role="status">
        <span key={polite.turn}>{polite.text}</span>
      </div>
      <div aria-live="assertive" role="alert">
        <span key={assertive.turn}>{assertive.text}</span>
      </div>
    </div>
  )
}
