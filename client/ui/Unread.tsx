// A figure for how much is new somewhere. The words say of what; nothing is shown for none.
import { VisuallyHidden } from '#client/ui/VisuallyHidden.tsx'
import './Unread.css'

export type UnreadProps = {
  readonly count: number | undefined
  /** What is counted, for the reader: "3 unread messages". */
  readonly words: string
  /** strong: somebody named the reader. muted: silenced by them. */
  readonly tone?: 'strong' | 'muted' | undefined
}

/** The figure, at most 99+. */
export function Unread({ count, words, tone }: UnreadProps) {
  if (!count) return null
  return (
    <span class="unread" data-strong={tone === 'strong' || undefined} data-muted={tone === 'muted' || undefined}>
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <VisuallyHidden> {words}</VisuallyHidden>
    </span>
  )
}
